/** Somebody who is let in, by one role. */
export interface Grant {
  /** What tells the grant from others of the same resource; it stands in the address. */
  readonly key: string;
  /** IAM member, for example `group:analysts@example.com`. */
  readonly member: string;
  /** For example `roles/storage.objectViewer`. */
  readonly role: string;
}
