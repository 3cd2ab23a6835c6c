import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(__dirname, '../../examples');

/** The examples by name, with the path of their configuration. */
export const examples: readonly (readonly [string, string])[] = readdirSync(folder)
  .map((name) => [name, join(folder, name, 'platform.yaml')] as const)
  .filter(([, file]) => existsSync(file));
