// Starts the program by what V8 made of it when it was built: a tenth of a second is much where a job has one record.
import { readFileSync } from 'node:fs';
import { startedUnderReaper } from './first-process';
import { cacheFile, type Program, programFile, readProgram } from './script';

function cache(): Buffer | undefined {
  try {
    return readFileSync(cacheFile);
  } catch {
    // Another version of Node than the one that built it: V8 makes it anew.
    return undefined;
  }
}

function start(): void {
  const program = readProgram(cache()).runInThisContext() as Program;
  program(module.exports as object, require, module, programFile, __dirname);
}

if (!startedUnderReaper(start)) start();
