import { createHash } from 'node:crypto';
import type { Forge, ForgeComment } from './forge';

/** What is to stand under a pull request. */
export interface Sticky {
  /** Tells several reviews of one pull request apart. */
  readonly key: string;
  /** What people read. */
  readonly markdown: string;
  /** After it: what may differ from run to run and is no reason to change the comment. */
  readonly footer: string;
  /** The commit that it is about. */
  readonly commit: string;
  /** Whether there is nothing to say: then no comment is made, and one that is there is brought up to date. */
  readonly silent: boolean;
}

/** What became of it. */
export type StickyResult = 'created' | 'updated' | 'unchanged' | 'nothing to say' | 'outdated' | 'closed';

/**
 * Makes one comment say this, and no second one. It is known by a hidden mark on its first line, which also holds a
 * digest of what it says: equal words are not written again. Nothing is written for a commit that is not the last one.
 */
export async function postSticky(forge: Forge, sticky: Sticky): Promise<StickyResult> {
  const { commit, open } = await forge.pullRequest();
  if (!open) return 'closed';
  if (commit !== sticky.commit) return 'outdated';
  const [first, ...others] = (await forge.ownComments()).filter((comment) => isOurs(comment, sticky.key));
  for (const { id } of others) await forge.remove(id);
  const digest = createHash('sha256').update(sticky.markdown).digest('hex').slice(0, 32);
  const body = `${markOf(sticky.key)} digest=${digest} commit=${sticky.commit} -->\n${sticky.markdown}${sticky.footer}`;
  if (first === undefined && sticky.silent) return 'nothing to say';
  if (first?.body.split('\n', 1)[0]?.includes(` digest=${digest} `) === true) return 'unchanged';
  // Reading the comments may have taken its time, and somebody may have pushed.
  if ((await forge.pullRequest()).commit !== sticky.commit) return 'outdated';
  if (first === undefined) {
    await forge.create(body);
    return 'created';
  }
  await forge.update(first.id, body);
  return 'updated';
}

function isOurs({ body }: ForgeComment, key: string): boolean {
  return body.startsWith(`${markOf(key)} `);
}

/** Nothing in a key may end the mark. */
function markOf(key: string): string {
  return `<!-- tapline-review key=${key.replace(/[^A-Za-z0-9._-]/g, '_')}`;
}
