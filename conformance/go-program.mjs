// Programs that are Go modules: built once by version and kept under .cache/.
import { join } from 'node:path';
import { cached, must } from './support.mjs';

/** The path of the program that a package of a module makes. */
export function goProgram(name, version, path) {
  const folder = cached(`${name}-${version}`, (target) => {
    console.log(`  building ${name} ${version} (once)`);
    must('go', ['install', `${path}@${version}`], { env: { ...process.env, GOBIN: target, GOFLAGS: '' } });
  });
  return join(folder, name);
}
