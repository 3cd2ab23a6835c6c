import { Problem } from '../problem';
import type { Project } from '../project/project';
import { pythonText } from '../value/python-text';
import { FileStore } from './file-store';
import { SqliteStore } from './sqlite-store';
import type { StateStore } from './store';

/** Opens the place where the project keeps its states, which `state_backend.uri` names. */
export async function openStateStore(project: Project, cwd: string): Promise<StateStore> {
  const uri = pythonText(project.settings.get('state_backend.uri') ?? '');
  if (uri === 'systemdb') return openDatabase(project, cwd);
  const scheme = /^([a-z0-9+]+):/.exec(uri)?.[1] ?? '';
  if (scheme === 'file') {
    const timeout = Number(project.settings.get('state_backend.lock_timeout_seconds'));
    return new FileStore(decodeURI(new URL(uri).pathname).replace(/\/+$/, ''), timeout);
  }
  throw new Problem(`state_backend.uri is '${uri}', expected systemdb or file://…`, {
    fix: 'Choose one of them, or run this pipeline with `meltano run`.',
  });
}

/** The system database, for the states of projects that name no other place. */
async function openDatabase(project: Project, cwd: string): Promise<StateStore> {
  const uri = pythonText(project.settings.get('database_uri') ?? '');
  const file = /^sqlite(?:\+\w+)?:\/\/\/([^?]*)/.exec(uri)?.[1];
  if (file === undefined || file === '' || file === ':memory:') {
    throw new Problem(`database_uri is '${withoutPassword(uri)}', expected sqlite:///…`, {
      fix: 'Name a file, or keep states elsewhere with state_backend.uri.',
    });
  }
  return SqliteStore.open(file.startsWith('/') ? file : `${cwd}/${file}`);
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//***@');
}
