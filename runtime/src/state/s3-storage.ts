import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
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

/** How to get into a bucket; without keys, as the surroundings say. */
export interface S3Credentials {
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  /** Of a service that speaks S3. Meltano heeds it only where keys are set. */
  readonly endpointUrl: string | undefined;
}

type Library = typeof import('../vendor/aws-s3.js');

/**
 * Objects of S3; writes are bound to an ETag (`If-Match`, `If-None-Match`).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Storage implements ObjectStorage {
  readonly label = 'AWS S3';
  readonly versionsAreContents = true;

  private constructor(
    private readonly library: Library,
    private readonly client: S3Client,
    private readonly place: ObjectPlace,
    readonly mayIgnoreVersions: boolean,
  ) {}

  /** Opens a bucket. */
  static async open(
    place: ObjectPlace,
    { accessKeyId, secretAccessKey, endpointUrl }: S3Credentials,
  ): Promise<S3Storage> {
    const library = await import('../vendor/aws-s3.js');
    if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
      const missing = accessKeyId === undefined ? 'aws_access_key_id' : 'aws_secret_access_key';
      throw new Problem(`state_backend.s3.${missing} is missing`, {
        fix: 'Set both keys, or neither of them.',
      });
    }
    const keys: S3ClientConfig =
      accessKeyId === undefined || secretAccessKey === undefined
        ? {}
        : {
            credentials: { accessKeyId, secretAccessKey },
            // A service that only speaks like S3 has its buckets in the path.
            ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl, forcePathStyle: true }),
          };
    const elsewhere = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
    const client = new library.S3Client({
      region: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1',
      followRegionRedirects: true,
      maxAttempts: requestRetries + 1,
      requestHandler: { requestTimeout: requestTimeoutMs, connectionTimeout: requestTimeoutMs },
      ...(elsewhere === undefined ? {} : { forcePathStyle: true }),
      ...keys,
    });
    return new S3Storage(library, client, place, (endpointUrl ?? elsewhere) !== undefined);
  }

  async get(key: string): Promise<StoredObject | undefined> {
    try {
      const { GetObjectCommand } = this.library;
      const command = new GetObjectCommand({ Bucket: this.place.bucket, Key: key });
      let date: string | undefined;
      // The clock of the service, which the answer of the library leaves out.
      command.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          date = (result.response as { headers?: Record<string, string> }).headers?.date;
          return result;
        },
        { step: 'deserialize' },
      );
      const { Body, ETag, LastModified } = await this.client.send(command);
      const text = (await Body?.transformToString('utf-8')) ?? '';
      return { text, version: ETag ?? '', ageSeconds: ageBetween(LastModified?.toISOString(), date) };
    } catch (error) {
      if (this.isRefusal(error) && error.name === 'NoSuchKey') return undefined;
      throw this.explain(error);
    }
  }

  async put(key: string, text: string, over: string | undefined): Promise<string> {
    try {
      const { ETag } = await this.client.send(
        new this.library.PutObjectCommand({
          Bucket: this.place.bucket,
          Key: key,
          Body: text,
          ContentType: 'application/json',
          ...(over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over }),
        }),
      );
      return ETag ?? '';
    } catch (error) {
      // 409: two conditional writes at the same moment; 404: the object that was to be replaced is gone.
      const status = this.isRefusal(error) ? error.$metadata.httpStatusCode : undefined;
      if (status === 412 || status === 409 || (this.isRefusal(error) && error.name === 'NoSuchKey')) {
        throw new ObjectChanged(key);
      }
      throw this.explain(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await this.client.send(new this.library.DeleteObjectCommand({ Bucket: this.place.bucket, Key: key }));
    } catch (error) {
      throw this.explain(error);
    }
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    try {
      const pages = this.library.paginateListObjectsV2(
        { client: this.client },
        { Bucket: this.place.bucket, Prefix: prefix },
      );
      for await (const { Contents } of pages) keys.push(...(Contents ?? []).flatMap(({ Key }) => Key ?? []));
    } catch (error) {
      throw this.explain(error);
    }
    return keys;
  }

  close(): void {
    this.client.destroy();
  }

  private isRefusal(error: unknown): error is InstanceType<Library['S3ServiceException']> {
    return error instanceof this.library.S3ServiceException;
  }

  private explain(error: unknown): unknown {
    const { bucket } = this.place;
    if (!this.isRefusal(error)) {
      if (isNetworkFailure(error)) return new StoreAway(`s3://${bucket}`, error);
      return new Problem(`no way into s3://${bucket}: ${(error as Error).message}`, {
        fix: 'Set state_backend.s3.aws_access_key_id and aws_secret_access_key, or give the pod a role.',
      });
    }
    const status = error.$metadata.httpStatusCode;
    if (isBusyStatus(status)) return new StoreAway(`s3://${bucket}`, error);
    const fix =
      error.name === 'NoSuchBucket'
        ? 'Look at state_backend.uri, or make the bucket.'
        : status === 403
          ? 'Allow s3:GetObject, s3:PutObject, s3:DeleteObject and s3:ListBucket to whom this runs as.'
          : undefined;
    const said = `${error.name}: ${error.message}`;
    return new Problem(
      `s3://${bucket} refused with ${status ?? 'no status'}: ${said}`,
      fix === undefined ? {} : { fix },
    );
  }
}
