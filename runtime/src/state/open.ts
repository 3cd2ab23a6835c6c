import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import type { Project } from '../project/project';
import { pythonText } from '../value/python-text';
import { StoreAway } from './away';
import { AzureStorage } from './azure-storage';
import { DatabaseStore } from './database-store';
import { FileStore } from './file-store';
import { GcsStorage } from './gcs-storage';
import type { ObjectPlace, ObjectStorage } from './object-storage';
import { ObjectStore } from './object-store';
import { PostgresDatabase } from './postgres-database';
import { S3Storage } from './s3-storage';
import { SqliteDatabase } from './sqlite-database';
import type { StateStore } from './store';

/** Opens the place where the project keeps its states, which `state_backend.uri` names. */
export async function openStateStore(project: Project, cwd: string): Promise<StateStore> {
  const uri = textOf(project, 'state_backend.uri') ?? '';
  if (uri === 'systemdb') return openDatabase(project, cwd);
  const scheme = /^([a-z0-9+]+):/.exec(uri)?.[1] ?? '';
  const lockTimeoutSeconds = Number(project.settings.get('state_backend.lock_timeout_seconds'));
  if (scheme === 'file') {
    return new FileStore(decodeURI(new URL(uri).pathname).replace(/\/+$/, ''), lockTimeoutSeconds);
  }
  const open = objectStorages[scheme];
  if (!open) {
    throw new Problem(
      `state_backend.uri is '${withoutPassword(uri)}', expected systemdb, file://…, gs://…, s3://… or azure://…`,
      { fix: 'Choose one of them, or run this pipeline with the engine meltano.' },
    );
  }
  const place = placeOf(uri);
  return new ObjectStore(await open(project, place, uri), { prefix: place.prefix, lockTimeoutSeconds });
}

const objectStorages: Readonly<
  Record<string, (project: Project, place: ObjectPlace, uri: string) => Promise<ObjectStorage>>
> = {
  gs: (project, place) => {
    const own = (name: string): string | undefined => textOf(project, `state_backend.gcs.${name}`);
    const file = own('application_credentials_path') ?? own('application_credentials');
    const json = own('application_credentials_json');
    if (file !== undefined && json !== undefined) {
      throw new Problem('the key for the state is given as a file and as JSON', {
        fix: 'Leave one of state_backend.gcs.application_credentials_path and …_json.',
      });
    }
    return GcsStorage.open(place, { json, file }, project.shell.STORAGE_EMULATOR_HOST);
  },
  s3: (project, place, uri) => {
    const own = (name: string): string | undefined => textOf(project, `state_backend.s3.${name}`);
    const { username, password } = new URL(uri);
    return S3Storage.open(place, {
      accessKeyId: own('aws_access_key_id') ?? textIn(decodeURIComponent(username)),
      secretAccessKey: own('aws_secret_access_key') ?? textIn(decodeURIComponent(password)),
      endpointUrl: own('endpoint_url'),
    });
  },
  azure: (project, place) =>
    AzureStorage.open(place, {
      accountUrl: textOf(project, 'state_backend.azure.storage_account_url'),
      connectionString: textOf(project, 'state_backend.azure.connection_string'),
    }),
};

/** The bucket and the folder in it: a host of a URL would lose its capitals, which buckets do not have. */
function placeOf(uri: string): ObjectPlace {
  const { hostname, pathname } = new URL(uri);
  if (hostname === '') throw new Problem(`state_backend.uri is '${uri}', which names no bucket`);
  const folder = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  return { bucket: hostname, prefix: folder === '' ? '' : `${folder}/` };
}

/** The system database, for the states of projects that name no other place. */
async function openDatabase(project: Project, cwd: string): Promise<StateStore> {
  const uri = textOf(project, 'database_uri') ?? '';
  if (/^postgres(ql)?(\+\w+)?:/.test(uri)) {
    const database = await PostgresDatabase.open(uri, project.shell);
    const tries = Number(project.settings.get('database_max_retries'));
    const seconds = Number(project.settings.get('database_retry_timeout'));
    return again(() => DatabaseStore.open(database), tries, seconds);
  }
  const file = /^sqlite(?:\+\w+)?:\/\/\/([^?]*)/.exec(uri)?.[1];
  if (file === undefined || file === '' || file === ':memory:') {
    throw new Problem(`database_uri is '${withoutPassword(uri)}', expected sqlite:///… or postgresql://…`, {
      fix: 'Name a database, or keep states elsewhere with state_backend.uri.',
    });
  }
  const database = await SqliteDatabase.open(file.startsWith('/') ? file : `${cwd}/${file}`);
  return DatabaseStore.open(database);
}

/** Tries again while a database is away, as often as the project says. */
async function again<T>(action: () => Promise<T>, tries: number, seconds: number): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof StoreAway) || left <= 0) throw error;
      await sleep(seconds * 1000);
    }
  }
}

function textOf(project: Project, name: string): string | undefined {
  const value = project.settings.get(name);
  return value === null ? undefined : textIn(pythonText(value));
}

function textIn(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//***@');
}
