import type { BlobServiceClient, ContainerClient, StoragePipelineOptions } from '@azure/storage-blob';
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

/** How to get into a container: one of the two. */
export interface AzureCredentials {
  /** With an account's address, as the surroundings say. It goes before the connection string, as in Meltano. */
  readonly accountUrl: string | undefined;
  readonly connectionString: string | undefined;
}

type Library = typeof import('../vendor/azure-blob.js');

/**
 * Blobs of Azure; writes are bound to an ETag.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
 */
export class AzureStorage implements ObjectStorage {
  readonly label = 'Azure Blob Storage';
  readonly versionsAreContents = false;
  readonly mayIgnoreVersions = false;

  private constructor(
    private readonly library: Library,
    private readonly container: ContainerClient,
  ) {}

  /** Opens a container. */
  static async open(place: ObjectPlace, credentials: AzureCredentials): Promise<AzureStorage> {
    const library = await import('../vendor/azure-blob.js');
    const service = await serviceOf(library.BlobServiceClient, credentials);
    return new AzureStorage(library, service.getContainerClient(place.bucket));
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const blob = this.container.getBlobClient(key);
      const answer = await blob.download(0, undefined, { abortSignal: soon() });
      const chunks: Buffer[] = [];
      for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
      return {
        text: Buffer.concat(chunks).toString('utf8'),
        version: answer.etag ?? '',
        ageSeconds: ageBetween(answer.lastModified?.toISOString(), answer.date?.toISOString()),
      };
    } catch (error) {
      if (this.codeOf(error) === 'BlobNotFound') return undefined;
      throw this.explain(error);
    }
  }

  async put(key: string, text: string, over: string | undefined): Promise<string> {
    try {
      const answer = await this.container.getBlockBlobClient(key).upload(text, Buffer.byteLength(text), {
        abortSignal: soon(),
        conditions: over === undefined ? { ifNoneMatch: '*' } : { ifMatch: over },
        blobHTTPHeaders: { blobContentType: 'application/json' },
      });
      return answer.etag ?? '';
    } catch (error) {
      const code = this.codeOf(error);
      if (code === 'ConditionNotMet' || code === 'BlobAlreadyExists' || code === 'BlobNotFound') {
        throw new ObjectChanged(key);
      }
      throw this.explain(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await this.container.getBlobClient(key).deleteIfExists({ abortSignal: soon() });
    } catch (error) {
      throw this.explain(error);
    }
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    try {
      for await (const { name } of this.container.listBlobsFlat({ prefix, abortSignal: soon() }))
        keys.push(name);
    } catch (error) {
      throw this.explain(error);
    }
    return keys;
  }

  close(): void {
    // Connections end by themselves.
  }

  private codeOf(error: unknown): string | undefined {
    return error instanceof this.library.RestError ? error.code : undefined;
  }

  private explain(error: unknown): unknown {
    const where = `azure://${this.container.containerName}`;
    if (!(error instanceof this.library.RestError)) {
      if (isNetworkFailure(error)) return new StoreAway(where, error);
      return new Problem(`no way into ${where}: ${(error as Error).message}`, {
        fix: 'Set state_backend.azure.connection_string, or give the pod an identity.',
      });
    }
    const { statusCode, code, message } = error;
    if (statusCode === undefined || isBusyStatus(statusCode)) return new StoreAway(where, error);
    const fix =
      code === 'ContainerNotFound'
        ? 'Look at state_backend.uri, or make the container.'
        : statusCode === 403
          ? 'Grant Storage Blob Data Contributor on the container to whom this runs as.'
          : undefined;
    const said = message.split('\n')[0] ?? '';
    return new Problem(
      `${where} refused with ${statusCode} ${code ?? ''}: ${said}`,
      fix === undefined ? {} : { fix },
    );
  }
}

async function serviceOf(
  Service: typeof BlobServiceClient,
  { accountUrl, connectionString }: AzureCredentials,
): Promise<BlobServiceClient> {
  const options: StoragePipelineOptions = {
    retryOptions: { maxTries: requestRetries + 1, tryTimeoutInMs: requestTimeoutMs, retryDelayInMs: 200 },
  };
  if (accountUrl !== undefined) {
    const { DefaultAzureCredential } = await import('../vendor/azure-identity.js');
    return new Service(accountUrl, new DefaultAzureCredential(), options);
  }
  if (connectionString === undefined) {
    throw new Problem('the state in Azure needs an account', {
      fix: 'Set state_backend.azure.connection_string or state_backend.azure.storage_account_url.',
    });
  }
  try {
    return Service.fromConnectionString(connectionString, options);
  } catch (error) {
    throw new Problem(`state_backend.azure.connection_string: ${(error as Error).message}`);
  }
}

/** The end of all tries of one request. */
function soon(): AbortSignal {
  return AbortSignal.timeout(requestTimeoutMs * (requestRetries + 1));
}
