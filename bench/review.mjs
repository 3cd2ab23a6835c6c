// Measures `tapline review` of two outputs beside tools that compare YAML, in the same run: `npm run bench:review`,
// `npm run bench:review -- --runs 3`. 1,000 and 10,000 objects, of which none, a tenth or all are changed. CPU is that of the
// process with all that it starts. dyff and diffyml are built from their Go modules once, and kept under .cache/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached, must } from '../conformance/support.mjs';
import { measure, medians } from './measure.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'bin/tapline.js');
const args = process.argv.slice(2);
const runs = args[0] === '--runs' ? Number(args[1]) : 5;
if (!Number.isInteger(runs) || runs < 1) {
  console.error('usage: npm run bench:review -- [--runs N]');
  process.exit(1);
}

/** objects → share changed → what is to be reached. */
const goals = {
  1000: { none: {}, 'a tenth': { cpu: 0.3 }, all: { cpu: 0.6 } },
  10000: { none: {}, 'a tenth': { cpu: 0.95, memory: 150 }, all: {} },
};
const shares = { none: 0, 'a tenth': 10, all: 1 };

const work = mkdtempSync(join(tmpdir(), 'tapline-bench-review-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

if (!existsSync(program)) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
const tools = {
  tapline: (base, head) => [process.execPath, program, 'review', '--base', base, '--head', head],
  'diff -u': (base, head) => [
    'sh',
    '-c',
    `diff -u ${base}/dist/all.k8s.yaml ${head}/dist/all.k8s.yaml || true`,
  ],
  ...peer('dyff', 'github.com/homeport/dyff', 'v1.10.2', '/cmd/dyff', ['between']),
  ...peer('diffyml', 'github.com/szhekpisov/diffyml', 'v1.8.0', '', []),
};

const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}; medians of ${runs} runs after one more`,
);
console.log('  objects  changed    tool        wall s   CPU s   largest MB   CPU ÷ tapline');
for (const [count, rows] of Object.entries(goals)) {
  for (const [share, goal] of Object.entries(rows)) {
    const [base, head] = [output(Number(count), 0), output(Number(count), shares[share])];
    let ours;
    for (const [name, command] of Object.entries(tools)) {
      const [file, ...rest] = command(base, head);
      const found = await medians(runs, () => measure(file, rest));
      ours ??= found;
      const ratio = name === 'tapline' ? '' : `${(found.cpu / ours.cpu).toFixed(2)} ×`;
      console.log(
        `  ${count.padStart(7)}  ${share.padEnd(9)}  ${name.padEnd(10)} ${found.wall.toFixed(2).padStart(7)} ` +
          `${found.cpu.toFixed(3).padStart(7)} ${found.largest.toFixed(0).padStart(12)} ${ratio.padStart(15)}`,
      );
    }
    told('CPU', ours.cpu, 's', goal.cpu);
    told('memory', ours.largest, 'MB', goal.memory);
  }
}

function told(what, value, unit, most) {
  if (most === undefined) return;
  console.log(
    `  ${what} of tapline: ${value.toFixed(2)} ${unit}, ≤ ${most}: ${value <= most ? 'ok' : 'MISSED'}`,
  );
}

/** A program of a Go module that takes two files; it may say by its exit code that they differ. */
function peer(name, module, version, path, options) {
  try {
    const folder = cached(`${name}-${version}`, (target) => {
      console.log(`  building ${name} ${version} (once)`);
      writeFileSync(
        join(target, 'go.mod'),
        `module tapline.invalid/${name}\n\ngo 1.24.0\n\nrequire ${module} ${version}\n`,
      );
      must('go', ['build', '-mod=mod', '-ldflags', '-s -w', '-o', join(target, name), module + path], {
        cwd: target,
      });
    });
    const call = ['sh', '-c', '"$@" || true', 'sh', join(folder, name), ...options];
    return {
      [name]: (base, head) => [...call, `${base}/dist/all.k8s.yaml`, `${head}/dist/all.k8s.yaml`],
    };
  } catch (error) {
    console.log(`  ${name} ${version} is NOT MEASURED, because it cannot be built: ${error.message}`);
    return {};
  }
}

/** A folder with that many objects, two of each application; every `nth` of them is changed. */
function output(count, nth) {
  const folder = join(work, `${count}-${nth}`);
  if (existsSync(folder)) return folder;
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const documents = [];
  for (let index = 0; index < count; index += 2) {
    const app = String(index / 2).padStart(5, '0');
    const changed = (offset) => nth > 0 && (index + offset) % nth === 0;
    documents.push(deployment(app, changed(0)), service(app, changed(1)));
  }
  writeFileSync(join(folder, 'dist/all.k8s.yaml'), documents.join('---\n'));
  return folder;
}

function deployment(app, changed) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${app}
  namespace: bench
  labels:
    app.kubernetes.io/name: app-${app}
    app.kubernetes.io/part-of: bench
    app.kubernetes.io/managed-by: tapline
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: app-${app}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: app-${app}
    spec:
      serviceAccountName: app-${app}
      securityContext:
        runAsNonRoot: true
      containers:
        - name: main
          image: registry.example.com/app:${changed ? '1.1.0' : '1.0.0'}
          env:
            - name: DATABASE_HOST
              value: db-${app}.bench.svc
            - name: LOG_LEVEL
              value: info
          ports:
            - name: http
              containerPort: 8080
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /ready
              port: http
`;
}

function service(app, changed) {
  return `apiVersion: v1
kind: Service
metadata:
  name: app-${app}
  namespace: bench
  labels:
    app.kubernetes.io/name: app-${app}
    app.kubernetes.io/part-of: bench
    app.kubernetes.io/managed-by: tapline
  annotations:
    cloud.google.com/neg: '{"ingress": true}'
spec:
  type: ClusterIP
  selector:
    app.kubernetes.io/name: app-${app}
  ports:
    - name: http
      port: ${changed ? 8080 : 80}
      targetPort: http
`;
}
