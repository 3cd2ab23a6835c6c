import { randomUUID } from 'node:crypto';
import type { GoogleAuth } from 'google-auth-library';
import { Problem } from '../problem';
import { isBusyStatus, isNetworkFailure, StoreAway } from './away';
import {
  ageBetween,
  ObjectChanged,
  type ObjectPlace,
  type ObjectStorage,
  requestRetries,
  requestTimeoutMs,
  type StoredObject,
} from './object-storage';

/** How to get into a bucket; without any of these, as the surroundings say (Workload Identity, a key file, gcloud). */
export interface GcsCredentials {
  /** A service account's key as JSON. */
  readonly json: string | undefined;
  /** A file with such a key. */
  readonly file: string | undefined;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly contentType?: string;
}

interface Answer {
  readonly text: string;
  readonly headers: Headers;
}

interface ObjectList {
  readonly items?: readonly { readonly name: string }[];
  readonly nextPageToken?: string;
}

/**
 * Objects of Google Cloud Storage by its JSON API; writes are bound to a generation.
 *
 * @see https://cloud.google.com/storage/docs/request-preconditions
 */
export class GcsStorage implements ObjectStorage {
  readonly label = 'Google Cloud Storage';
  readonly versionsAreContents = false;
  readonly mayIgnoreVersions = false;

  private constructor(
    private readonly send: (request: Request) => Promise<Answer>,
    private readonly place: ObjectPlace,
  ) {}

  /**
   * Opens a bucket.
   *
   * @param emulator the address of an emulator (`STORAGE_EMULATOR_HOST`), which is asked without credentials
   */
  static async open(
    place: ObjectPlace,
    credentials: GcsCredentials,
    emulator: string | undefined,
  ): Promise<GcsStorage> {
    const { gaxios, GoogleAuth, PassThroughClient } = await import('../vendor/google-auth.js');
    const base = emulator ?? 'https://storage.googleapis.com';
    const auth = emulator === undefined ? authOf(GoogleAuth, credentials) : new PassThroughClient();
    const send = async ({ method, path, query, body, contentType }: Request): Promise<Answer> => {
      const url = `${base}${path}?${new URLSearchParams(query).toString()}`;
      const options = {
        url,
        method,
        responseType: 'text',
        timeout: requestTimeoutMs,
        ...(body === undefined ? {} : { body, headers: { 'content-type': contentType ?? '' } }),
        // A write that is asked twice is told from another's by its version.
        retryConfig: {
          retry: requestRetries,
          noResponseRetries: requestRetries,
          httpMethodsToRetry: ['GET', 'POST', 'DELETE'],
          statusCodesToRetry: [
            [408, 408],
            [429, 429],
            [500, 599],
          ],
          retryDelay: 200,
        },
      } as const satisfies Parameters<GoogleAuth['request']>[0];
      try {
        const answer = await auth.request<string>(options);
        return { text: answer.data, headers: answer.headers };
      } catch (error) {
        if (error instanceof gaxios.GaxiosError) {
          const status = error.response?.status;
          if (status === undefined || isBusyStatus(status))
            throw new StoreAway(`gs://${place.bucket}`, error);
          throw new Refused(status, wordsOf(error.response?.data));
        }
        if (isNetworkFailure(error)) throw new StoreAway(`gs://${place.bucket}`, error);
        throw new Problem(`no way into gs://${place.bucket}: ${(error as Error).message}`, {
          fix: 'Give the pod a service account (Workload Identity), or set state_backend.gcs.application_credentials_path.',
        });
      }
    };
    return new GcsStorage(send, place);
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const { text, headers } = await this.send({
        method: 'GET',
        path: this.path(key),
        query: { alt: 'media' },
      });
      return {
        text,
        version: headers.get('x-goog-generation') ?? '',
        ageSeconds: ageBetween(headers.get('last-modified'), headers.get('date')),
      };
    } catch (error) {
      if (error instanceof Refused && error.status === 404 && !error.isOfBucket) return undefined;
      throw this.explain(error);
    }
  }

  async put(key: string, text: string, over: string | undefined): Promise<string> {
    const path = `/upload/storage/v1/b/${encodeURIComponent(this.place.bucket)}/o`;
    const query = { uploadType: 'multipart', ifGenerationMatch: over ?? '0' };
    const boundary = randomUUID();
    const about = JSON.stringify({ name: key, contentType: 'application/json' });
    const body = [about, text]
      .map((part) => `--${boundary}\r\ncontent-type: application/json\r\n\r\n${part}\r\n`)
      .join('');
    const contentType = `multipart/related; boundary=${boundary}`;
    try {
      const answer = await this.send({
        ...{ method: 'POST', path, query, contentType },
        body: `${body}--${boundary}--\r\n`,
      });
      return (JSON.parse(answer.text) as { generation: string }).generation;
    } catch (error) {
      if (error instanceof Refused && error.status === 412) throw new ObjectChanged(key);
      throw this.explain(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await this.send({ method: 'DELETE', path: this.path(key), query: {} });
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) throw this.explain(error);
    }
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    let page: string | undefined = '';
    while (page !== undefined) {
      const query = {
        prefix,
        fields: 'items(name),nextPageToken',
        ...(page === '' ? {} : { pageToken: page }),
      };
      const path = `/storage/v1/b/${encodeURIComponent(this.place.bucket)}/o`;
      const { text } = await this.send({ method: 'GET', path, query }).catch((error: unknown) => {
        throw this.explain(error);
      });
      const found = JSON.parse(text) as ObjectList;
      keys.push(...(found.items ?? []).map(({ name }) => name));
      page = found.nextPageToken;
    }
    return keys;
  }

  close(): void {
    // Connections end by themselves.
  }

  private path(key: string): string {
    return `/storage/v1/b/${encodeURIComponent(this.place.bucket)}/o/${encodeURIComponent(key)}`;
  }

  private explain(error: unknown): unknown {
    if (!(error instanceof Refused)) return error;
    const { bucket } = this.place;
    const fix = {
      401: 'Look at the credentials: state_backend.gcs.application_credentials_path, or those of the surroundings.',
      403: 'Grant roles/storage.objectUser on the bucket to whom this runs as.',
      404: 'Look at state_backend.uri, or make the bucket.',
    }[error.status];
    return new Problem(
      `gs://${bucket} refused with ${error.status}: ${error.message}`,
      fix === undefined ? {} : { fix },
    );
  }
}

/** An answer of the service that will be the same the next time. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  get isOfBucket(): boolean {
    return /bucket does not exist/i.test(this.message);
  }
}

function authOf(Auth: typeof GoogleAuth, { json, file }: GcsCredentials): GoogleAuth {
  const scopes = 'https://www.googleapis.com/auth/devstorage.read_write';
  if (json === undefined) return new Auth({ scopes, ...(file === undefined ? {} : { keyFilename: file }) });
  try {
    return new Auth({ scopes, credentials: JSON.parse(json) as object });
  } catch {
    throw new Problem('state_backend.gcs.application_credentials_json is no JSON');
  }
}

/** What the service says in its JSON, or its plain text. */
function wordsOf(data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data ?? '');
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } | string };
    const said = typeof error === 'string' ? error : error?.message;
    if (said !== undefined) return said;
  } catch {
    // It is plain text.
  }
  return text.trim().slice(0, 300);
}
