/** Why an image has no digest for us: what is wrong, and what mends it. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';

  constructor(
    /** What is wrong, in one sentence without a full stop. */
    message: string,
    /** The next step that mends it. */
    readonly fix: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
