// Writes down what this version of V8 makes of the program. With `node --predictable` the same bytes every time.
import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { cacheFile, readProgram } from './script';

// Every function, not only those that the start calls.
setFlagsFromString('--no-lazy');
const script = readProgram();
// The flags are part of it: those that the program is started with.
setFlagsFromString('--lazy');
writeFileSync(cacheFile, script.createCachedData());
