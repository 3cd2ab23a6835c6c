import { type Block, renderBlock, type Shown } from './block';
import { bytesOf } from './escape';

/** A line that says how many items are left out. */
const bytesOfMore = 40;

/** Nothing that is worth showing is shorter. */
const leastBytes = 20;

/**
 * Decides what is shown of each block within so many bytes. What matters most is taken first: the rows of what is lost
 * and who gains access, then the names under them, then the other rows, and last what differs in each.
 */
export function fit(blocks: readonly Block[], room: number): readonly Shown[] {
  const shown = blocks.map((): Shown => ({ head: false, note: false, items: 0, details: false }));
  let left = room;
  const cost = (at: number) => {
    const [block, one] = [blocks[at], shown[at]];
    return block === undefined || one === undefined ? 0 : bytesOf(renderBlock(block, one));
  };
  /** Makes a change to what is shown of a block where there is room for it. */
  const attempt = (at: number, change: Partial<Shown>): boolean => {
    const one = shown[at];
    if (one === undefined || left < leastBytes) return false;
    const [was, before] = [cost(at), { ...one }];
    Object.assign(one, change);
    const more = cost(at) - was;
    if (more <= left) {
      left -= more;
      return true;
    }
    Object.assign(one, before);
    return false;
  };
  const each = (ranks: readonly number[], visit: (block: Block, at: number, one: Shown) => void) => {
    blocks.forEach((block, at) => {
      const one = shown[at];
      if (one !== undefined && ranks.includes(block.rank)) visit(block, at, one);
    });
  };
  const heads = (rank: number) => {
    each([rank], (_, at) => attempt(at, { head: true }));
  };
  const notes = (rank: number) => {
    each([rank], (_, at, one) => one.head && attempt(at, { note: true }));
  };
  const items = (rank: number, most: number) => {
    each([rank], ({ items: all }, at, one) => {
      if (!one.head) return;
      // The exact cost of each name would be that of the block again; their sum is close enough and never too low.
      let bytes = bytesOfMore + 200;
      let many = 0;
      for (const item of all.slice(0, most)) {
        bytes += bytesOf(item) + 5;
        if (bytes > left) break;
        many += 1;
      }
      while (many > one.items && !attempt(at, { items: many })) many = Math.floor(many / 2);
    });
  };
  heads(0);
  items(0, Number.POSITIVE_INFINITY);
  heads(1);
  notes(0);
  heads(2);
  notes(1);
  each([0, 2], (_, at, one) => one.head && attempt(at, { details: true }));
  items(1, 50);
  items(2, 50);
  notes(2);
  return shown;
}
