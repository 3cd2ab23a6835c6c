import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/** The program itself, a file beside the one that starts it. */
export const programFile = `${__dirname}/main.js`;

/** What V8 made of the program; another V8 has another one. */
export const cacheFile = `${__dirname}/main.${process.versions.v8}.cache`;

/** What the program is called with, as `require` would call it. */
export type Program = (
  exports: object,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

/** Reads the program; with what V8 made of it before, V8 need not look at its text. */
export function readProgram(cachedData?: Buffer): Script {
  // The bundle is ASCII, which is read as it is.
  const text = readFileSync(programFile, 'latin1');
  return new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: programFile,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
}
