/** A line of a comparison: as it was, as it is, or in both. */
export interface DiffLine {
  readonly mark: '-' | '+' | ' ';
  readonly text: string;
}

/**
 * What differs between two texts, line by line: the longest common subsequence, after the equal start and end. Texts
 * too long for that are told as wholly different in their middle. Needs nothing around itself: the page takes its source.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const most = 2_000_000;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  const middle: DiffLine[] = [];
  const width = now.length + 1;
  const lengths = old.length * now.length > most ? undefined : new Uint32Array((old.length + 1) * width);
  if (lengths !== undefined) {
    for (let i = old.length - 1; i >= 0; i--) {
      for (let j = now.length - 1; j >= 0; j--) {
        lengths[i * width + j] =
          old[i] === now[j]
            ? 1 + (lengths[(i + 1) * width + j + 1] ?? 0)
            : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
      }
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    if (lengths !== undefined && left !== undefined && left === right) {
      middle.push({ mark: ' ', text: left });
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined ||
        lengths === undefined ||
        (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0))
    ) {
      middle.push({ mark: '-', text: left });
      i += 1;
    } else {
      middle.push({ mark: '+', text: right ?? '' });
      j += 1;
    }
  }
  const same = (text: string): DiffLine => ({ mark: ' ', text });
  return [...before.slice(0, start).map(same), ...middle, ...before.slice(before.length - end).map(same)];
}
