// The real nginx (Debian's) with exactly the configuration and the script that the manifests hold, in a root file
// system that cannot be written, as the user and without the capabilities of the pod: it serves the hosts by HTTPS,
// presents the certificate with its chain (OpenSSL verifies it), redirects HTTP, gives nothing to other names, tells
// Airflow who really asks, takes up a renewed certificate, and ends when it is told to. In namespaces of its own (mounts and
// network), so that the ports and the paths are those of the pod; needs root for them, and Debian's nginx.
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  atEnd,
  check,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  platformFolders,
  readManifests,
  root,
  run,
  start,
  temporaryFolder,
  until,
} from './support.mjs';

const self = fileURLToPath(import.meta.url);
const inside = process.env.TAPLINE_INGRESS_INSIDE;

await main('the way in by NGINX', async () => {
  if (inside !== undefined) return checkNginx(JSON.parse(inside));
  if (process.platform !== 'linux' || process.getuid() !== 0) {
    return notRun('all of it', 'namespaces of its own need Linux and root');
  }
  needDebian(['nginx-light'], () => hasCommand('nginx'));
  needDebian(['openssl', 'curl', 'iproute2', 'util-linux'], () =>
    ['openssl', 'curl', 'ip', 'unshare', 'setpriv'].every(hasCommand),
  );
  const manifests = await configurations();
  check('there is a platform with NGINX', manifests.length > 0);
  for (const each of manifests) {
    const env = { ...process.env, TAPLINE_INGRESS_INSIDE: JSON.stringify(each) };
    const said = run('unshare', ['--mount', '--net', process.execPath, self], { env, cwd: root });
    console.log(said.said.trimEnd().split('\n').slice(1, -1).join('\n'));
    check(`${each.name}: everything above holds`, said.status === 0, said.stderr);
  }
});

/** What the pods of NGINX are given, by platform. */
async function configurations() {
  const found = [];
  for (const { name, folder } of platformFolders('ingress-nginx')) {
    const objects = await readManifests(folder);
    const pod = objects.find(({ kind, metadata }) => kind === 'Deployment' && isNginx(metadata)).spec
      .template;
    const [container] = pod.spec.containers;
    const mounted = pod.spec.volumes.find(({ configMap }) => configMap !== undefined).configMap.name;
    const { data } = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === mounted);
    const tls = container.volumeMounts.find(({ mountPath }) => mountPath.startsWith('/run/secrets/'));
    found.push({
      name,
      data,
      command: container.command,
      user: container.securityContext.runAsUser,
      tlsFolder: tls.mountPath,
      services: objects
        .filter(({ kind, spec }) => kind === 'Service' && spec.type === 'ClusterIP')
        .map(({ metadata, spec }) => ({
          host: `${metadata.name}.${metadata.namespace}.svc.cluster.local`,
          ports: spec.ports.map(({ port }) => port),
        })),
    });
  }
  return found;
}

function isNginx({ labels }) {
  return labels?.['app.kubernetes.io/component'] === 'nginx';
}

async function checkNginx({ name, data, command, user, tlsFolder, services }) {
  const folder = temporaryFolder('nginx');
  const named = [...data['nginx.conf'].matchAll(/server_name (.+);/g)].flatMap(([, names]) =>
    names.split(' '),
  );
  const hosts = [...new Set(named)];
  const targets = [...data['nginx.conf'].matchAll(/proxy_pass http:\/\/([^:;]+):(\d+);/g)].map(
    ([, host, port]) => ({ host, port: Number(port) }),
  );
  const unknown = targets.filter(
    ({ host, port }) => !services.some((service) => service.host === host && service.ports.includes(port)),
  );
  check(
    `${name}: its ${targets.length} targets are Services of the platform`,
    targets.length === hosts.length && unknown.length === 0,
    JSON.stringify(unknown),
  );

  const authority = makeAuthority(folder, hosts);
  authority.issue('first');
  const enter = makeRoot(folder, { data, tlsFolder, targets });
  // A file, as a pipe of a container: it can be opened again by its name, which a socket cannot.
  const log = join(folder, 'log');
  writeFileSync(log, '');
  chownSync(log, user, user);
  const started = start('sh', [
    ...['-c', 'exec "$@" >> "$0" 2>&1', log, 'chroot', enter, 'setpriv'],
    ...[`--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs'],
    ...['--inh-caps=-all', '--bounding-set=-all'],
    ...['env', '-i', 'PATH=/usr/sbin:/usr/bin', 'TAPLINE_RENEWAL_SECONDS=1', ...command],
  ]);
  const server = { ...started, said: () => readFileSync(log, 'utf8') };
  await backend(targets[0].port);
  await until(() => curl(['http://127.0.0.1:8081/healthz']).status === 0, {
    what: 'nginx is well',
    seconds: 20,
    processes: [server],
  });
  const at = (host) => ['--resolve', `${host}:80:127.0.0.1`, '--resolve', `${host}:443:127.0.0.1`];
  // What the load balancer does: from its ports to those of the pods.
  const ports = ['--connect-to', '::127.0.0.1:8443'];
  const plain = ['--connect-to', '::127.0.0.1:8080'];
  for (const [i, host] of hosts.entries()) {
    const { host: service } = targets[i];
    const asked = curl([
      ...at(host),
      ...ports,
      ...['--cacert', authority.file, '--header', 'X-Forwarded-For: 6.6.6.6', '--include'],
      `https://${host}/dags?page=2`,
    ]);
    const body = JSON.parse(/\{.*\}/s.exec(asked.stdout)?.[0] ?? '{}');
    check(
      `${host}: is served by HTTPS, by ${service}`,
      asked.status === 0 && body.url === '/dags?page=2' && body.headers.host === host,
      asked.said,
    );
    check(
      `${host}: Airflow is told who asks, by which name and how, whatever the client says of itself`,
      body.headers?.['x-forwarded-for'] === '127.0.0.1' &&
        body.headers['x-forwarded-proto'] === 'https' &&
        body.headers['x-forwarded-host'] === host,
      JSON.stringify(body.headers),
    );
    check(
      `${host}: browsers are told to come by HTTPS for a year`,
      /^strict-transport-security: max-age=31536000/im.test(asked.stdout),
    );
    const redirected = curl([...at(host), ...plain, '--include', `http://${host}/dags?page=2`]);
    check(
      `${host}: HTTP is redirected to the same place by HTTPS`,
      /^HTTP\/1.1 308/.test(redirected.stdout) &&
        redirected.stdout.toLowerCase().includes(`location: https://${host}/dags?page=2`),
      redirected.said,
    );
    const shown = tlsOf(host, authority.file);
    check(
      `${host}: the certificate is verified by the root alone, so the chain comes with it (${shown.chain} certificates)`,
      shown.verified && shown.chain === 2,
      shown.said,
    );
    const old = run(
      'openssl',
      [
        ...['s_client', '-connect', '127.0.0.1:8443', '-servername', host, '-tls1_1'],
        ...['-cipher', 'DEFAULT@SECLEVEL=0'],
      ],
      { input: '' },
    );
    check(`${host}: TLS 1.1 is refused`, !/Cipher is (?!\(NONE\))/.test(old.stdout), old.said);
  }
  const stranger = curl([...at('other.example.com'), ...ports, '--insecure', 'https://other.example.com/']);
  check('another name gets no certificate', stranger.status === 35, stranger.said);
  const plainStranger = curl([...at('other.example.com'), ...plain, 'http://other.example.com/']);
  check('another name gets no answer by HTTP', plainStranger.status === 52, plainStranger.said);

  const before = tlsOf(hosts[0], authority.file).serial;
  authority.issue('second');
  await until(() => tlsOf(hosts[0], authority.file).serial !== before, {
    what: 'the renewed certificate is shown',
    seconds: 10,
    processes: [server],
  });
  check('a renewed certificate is shown without a restart', tlsOf(hosts[0], authority.file).verified);
  const renewed = tlsOf(hosts[0], authority.file).serial;
  writeFileSync(join(folder, 'tls/tls.crt'), 'not a certificate');
  await new Promise((done) => setTimeout(done, 2500));
  check(
    'a certificate that cannot be read changes nothing',
    tlsOf(hosts[0], authority.file).serial === renewed && tlsOf(hosts[0], authority.file).verified,
    server.said(),
  );
  check(
    'it writes nowhere but below /tmp',
    !/Read-only file system|Permission denied/.test(server.said()),
    server.said(),
  );
  check(
    'it logs who asked for what',
    server.said().includes('"GET /dags?page=2 HTTP/1.1" 200'),
    server.said(),
  );
  process.kill(server.child.pid, 'SIGTERM');
  await Promise.race([server.ended, new Promise((done) => setTimeout(done, 5000))]);
  check(
    'it ends within seconds when it is told to',
    server.child.exitCode === 0,
    `${server.child.exitCode} ${server.said()}`,
  );
}

function curl(args) {
  return run('curl', ['--silent', '--show-error', '--max-time', '5', '--noproxy', '*', ...args]);
}

/** What the client sees: the certificates, their serial number, and whether the root vouches for them. */
function tlsOf(host, rootFile) {
  const { said, stdout } = run(
    'openssl',
    [
      ...['s_client', '-connect', '127.0.0.1:8443', '-servername', host, '-verify_hostname', host],
      ...['-CAfile', rootFile, '-no-CApath', '-no-CAstore', '-showcerts'],
    ],
    { input: '' },
  );
  const certificates = stdout.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const serial = certificates[0]
    ? must('openssl', ['x509', '-noout', '-serial'], { input: certificates[0] }).trim()
    : '';
  return {
    said,
    serial,
    chain: certificates.length,
    verified: stdout.includes('Verify return code: 0 (ok)'),
  };
}

/** A root that signs an authority, which signs the certificates: clients know the root alone. */
function makeAuthority(folder, hosts) {
  const ca = join(folder, 'authority');
  mkdirSync(ca);
  mkdirSync(join(folder, 'tls'));
  const openssl = (...args) => must('openssl', args, { cwd: ca });
  const key = (name) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', name];
  openssl('req', '-x509', ...key('root.key'), '-out', 'root.crt', '-days', '2', '-subj', '/CN=Test root');
  openssl('req', ...key('middle.key'), '-out', 'middle.csr', '-subj', '/CN=Test authority');
  writeFileSync(
    join(ca, 'middle.ext'),
    'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=keyCertSign\n',
  );
  openssl(
    ...['x509', '-req', '-in', 'middle.csr', '-CA', 'root.crt', '-CAkey', 'root.key', '-CAcreateserial'],
    ...['-extfile', 'middle.ext', '-days', '2', '-out', 'middle.crt'],
  );
  return {
    file: join(ca, 'root.crt'),
    issue: (name) => {
      openssl('req', ...key(`${name}.key`), '-out', `${name}.csr`, '-subj', `/CN=${hosts[0]}`);
      writeFileSync(join(ca, 'leaf.ext'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\n`);
      openssl(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'middle.crt', '-CAkey', 'middle.key'],
        ...['-CAcreateserial', '-extfile', 'leaf.ext', '-days', '1', '-out', `${name}.crt`],
      );
      const chained = ['crt', 'key'].map((kind) =>
        kind === 'crt'
          ? readFileSync(join(ca, `${name}.crt`), 'utf8') + readFileSync(join(ca, 'middle.crt'), 'utf8')
          : readFileSync(join(ca, `${name}.key`), 'utf8'),
      );
      // The key first: the certificate is what tells that both are new.
      writeFileSync(join(folder, 'tls/tls.key'), chained[1], { mode: 0o644 });
      writeFileSync(join(folder, 'tls/tls.crt'), chained[0], { mode: 0o644 });
    },
  };
}

/** The file system of the pod: the machine's programs, what the manifests mount, and nothing that can be written but /tmp. */
function makeRoot(folder, { data, tlsFolder, targets }) {
  const base = join(folder, 'root');
  const config = join(folder, 'config');
  mkdirSync(base);
  mkdirSync(config);
  for (const [file, text] of Object.entries(data)) writeFileSync(join(config, file), text);
  writeFileSync(join(folder, 'hosts'), targets.map(({ host }) => `::1 ${host}\n`).join(''));
  must('sh', [
    '-ec',
    `ip link set lo up
mount -t tmpfs none ${base}
cd ${base}
mkdir -p usr proc dev etc/tapline-nginx tmp .${tlsFolder}
for name in bin lib lib64 sbin; do ln -s usr/$name $name; done
cp /etc/ld.so.cache /etc/nsswitch.conf etc/
cp ${folder}/hosts etc/hosts
mount --bind /usr usr
mount -t proc none proc
mount --rbind /dev dev
mount --bind ${config} etc/tapline-nginx
mount --bind ${folder}/tls .${tlsFolder}
mount -t tmpfs -o mode=1777 none tmp
mount -o remount,ro ${base}`,
  ]);
  atEnd(() => run('umount', ['--recursive', '--lazy', base]));
  return base;
}

/** Stands for Airflow, on every address of its Services: it tells what it was asked. */
async function backend(port) {
  const program = `
    require('node:http').createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ url: request.url, headers: request.headers }));
    }).listen({ port: ${port}, host: '::1', ipv6Only: true });`;
  // A process of its own: this one waits for the clients that it starts.
  const server = start(process.execPath, ['--eval', program]);
  await until(() => curl([`http://[::1]:${port}/`]).status === 0, {
    what: 'the backend answers',
    seconds: 10,
    processes: [server],
  });
}
