// The places that keep states, as real as they can be had here: fake-gcs-server, moto, azurite and PostgreSQL, each on
// the loopback interface behind a wire that can be cut. What is given is how a project is told of it.
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BlobServiceClient } from '@azure/storage-blob';
import { goProgram } from '../go-program.mjs';
import { startPostgres, superuser } from '../postgres.mjs';
import {
  cached,
  freePort,
  must,
  needDebian,
  pythonEnvironment,
  start,
  temporaryFolder,
  until,
} from '../support.mjs';
import { startWire } from './proxy.mjs';

const postgresBinaries = '/usr/lib/postgresql/15/bin';
// One request after the other: its conditional writes look and write in two steps.
const oneAtATime = `import sys
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
run_simple('127.0.0.1', int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)`;

/** Starts each of them, by name. */
export const places = { gcs, s3, azure, postgres };

async function gcs() {
  const port = await freePort();
  const server = start(goProgram('fake-gcs-server', 'v1.55.1', 'github.com/fsouza/fake-gcs-server'), [
    ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'],
  ]);
  const wire = await startWire(port);
  const address = `http://127.0.0.1:${port}`;
  await until(() => answers(`${address}/storage/v1/b?project=p`), {
    what: 'fake-gcs-server',
    processes: [server],
  });
  await asked(
    fetch(`${address}/storage/v1/b?project=p`, { method: 'POST', body: JSON.stringify({ name: 'states' }) }),
  );
  return {
    wire,
    env: {
      MELTANO_STATE_BACKEND_URI: 'gs://states/a/folder',
      STORAGE_EMULATOR_HOST: `http://127.0.0.1:${wire.port}`,
      GOOGLE_CLOUD_PROJECT: 'p',
    },
    read: async (id, file) => {
      const name = encodeURIComponent(`a/folder/${id}/${file}`);
      const answer = await fetch(`${address}/storage/v1/b/states/o/${name}?alt=media`);
      return answer.ok ? answer.text() : undefined;
    },
    away: 'gs://states cannot be reached',
  };
}

async function s3() {
  const port = await freePort();
  const environment = pythonEnvironment('moto-5.2.5', ['moto[server]==5.2.5']);
  const server = start(join(environment, 'bin/python'), ['-c', oneAtATime, String(port)]);
  const wire = await startWire(port);
  const address = `http://127.0.0.1:${port}`;
  await until(() => answers(address), { what: 'moto', processes: [server] });
  await asked(fetch(`${address}/states`, { method: 'PUT' }));
  const credentials = { accessKeyId: 'key', secretAccessKey: 'canary-of-s3' };
  const client = new S3Client({ region: 'us-east-1', endpoint: address, forcePathStyle: true, credentials });
  return {
    wire,
    env: {
      MELTANO_STATE_BACKEND_URI: 's3://states/a/folder/',
      MELTANO_STATE_BACKEND_S3_AWS_ACCESS_KEY_ID: 'key',
      MELTANO_STATE_BACKEND_S3_AWS_SECRET_ACCESS_KEY: 'canary-of-s3',
      MELTANO_STATE_BACKEND_S3_ENDPOINT_URL: `http://127.0.0.1:${wire.port}`,
    },
    read: async (id, file) => {
      const found = new GetObjectCommand({ Bucket: 'states', Key: `a/folder/${id}/${file}` });
      return client.send(found).then(
        ({ Body }) => Body.transformToString(),
        () => undefined,
      );
    },
    away: 's3://states cannot be reached',
  };
}

async function azure() {
  const port = await freePort();
  const environment = cached('azurite-3.35.0', (folder) => {
    console.log('  installing azurite 3.35.0 (once)');
    must('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      folder,
      'azurite@3.35.0',
    ]);
  });
  const server = start(process.execPath, [
    join(environment, 'node_modules/azurite/dist/src/blob/main.js'),
    ...['--blobHost', '127.0.0.1', '--blobPort', String(port), '--skipApiVersionCheck', '--silent'],
    ...['--location', temporaryFolder('azurite'), '--disableTelemetry'],
  ]);
  const wire = await startWire(port);
  // The account of every emulator, as its documentation prints it.
  const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
  const connection = (to) =>
    `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${key};BlobEndpoint=http://127.0.0.1:${to}/devstoreaccount1;`;
  await until(() => answers(`http://127.0.0.1:${port}/`), { what: 'azurite', processes: [server] });
  const container = BlobServiceClient.fromConnectionString(connection(port)).getContainerClient('states');
  await container.create();
  return {
    wire,
    env: {
      MELTANO_STATE_BACKEND_URI: 'azure://states/a/folder',
      MELTANO_STATE_BACKEND_AZURE_CONNECTION_STRING: connection(wire.port),
    },
    read: async (id, file) => {
      const blob = container.getBlobClient(`a/folder/${id}/${file}`);
      return (await blob.exists()) ? (await blob.downloadToBuffer()).toString() : undefined;
    },
    away: 'azure://states cannot be reached',
  };
}

async function postgres() {
  needDebian(['postgresql-15'], () => must('sh', ['-c', `ls ${postgresBinaries}/postgres || true`]) !== '');
  const server = await startPostgres(postgresBinaries);
  const wire = await startWire(server.port);
  const at = ['-h', '127.0.0.1', '-p', String(server.port), '-U', superuser];
  const ask = (database, statement) =>
    must(join(postgresBinaries, 'psql'), [...at, '-d', database, '-Atc', statement]).trim();
  ask('postgres', 'CREATE DATABASE meltano');
  return {
    wire,
    env: { MELTANO_DATABASE_URI: `postgresql+psycopg://${superuser}@127.0.0.1:${wire.port}/meltano` },
    read: async (id, file) => {
      if (file === 'lease.json')
        return ask('meltano', `SELECT lease FROM tapline_leases WHERE state_id = '${id}'`) || undefined;
      const columns = "'{\"completed\": ' || completed_state || ', \"partial\": ' || partial_state || '}'";
      return ask('meltano', `SELECT ${columns} FROM state WHERE state_id = '${id}'`) || undefined;
    },
    away: 'the system database on 127.0.0.1',
    ask: (statement) => ask('meltano', statement),
  };
}

async function answers(address) {
  return fetch(address).then(
    () => true,
    () => false,
  );
}

async function asked(request) {
  const answer = await request;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
}
