// One process of the benchmark `own`: either tapline's own phases in process (`toolkit FILE`), or what bare cdktf and
// cdk8s take to build and write the same resources and objects (`bare FOLDER`). Libraries are loaded before it counts;
// prints milliseconds of CPU as JSON: those do not depend on what else the machine does.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const [what, target] = process.argv.slice(2);
const out = mkdtempSync(join(tmpdir(), 'tapline-bench-'));
try {
  process.stdout.write(JSON.stringify(what === 'toolkit' ? toolkit() : bare()));
} finally {
  rmSync(out, { recursive: true, force: true });
}

function timed(phases, name, work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  phases[name] = (phases[name] ?? 0) + (user + system) / 1000;
  return result;
}

function toolkit() {
  const { readInput, renderSourceMaps, locatorOf, writeOutputs } = require('../lib/src/output');
  const { synthStacks } = require('../lib/stacks/synth');
  const { synthCharts } = require('../lib/charts/synth');
  const phases = {};
  const input = timed(phases, 'load', () => readInput(target));
  for (const platform of input.platforms) {
    const made = timed(phases, 'constructs', () => [synthStacks(platform), synthCharts(platform)]);
    const maps = timed(phases, 'maps', () => {
      const locator = locatorOf(input, platform);
      return made.map(({ sources }) => renderSourceMaps(sources, locator));
    });
    timed(phases, 'write', () =>
      made.forEach(({ files }, index) =>
        writeOutputs([
          {
            folder: join(out, platform.environment ?? 'all', String(index)),
            files: [...files, ...maps[index]],
          },
        ]),
      ),
    );
  }
  return phases;
}

function bare() {
  const { App: TerraformApp, TerraformProvider, TerraformResource, TerraformStack } = require('cdktf');
  const { ApiObject, App: KubernetesApp, Chart } = require('cdk8s');
  const { parseAllDocuments } = require('yaml');

  /** A resource with attributes that are plain values. */
  class Resource extends TerraformResource {
    constructor(scope, id, type, attributes) {
      super(scope, `${type}-${id}`, { terraformResourceType: type });
      this.attributes = attributes;
      this.overrideLogicalId(id);
    }
    synthesizeAttributes() {
      return this.attributes;
    }
  }
  class Provider extends TerraformProvider {
    constructor(scope, name, attributes) {
      super(scope, name, { terraformResourceType: name });
      this.attributes = attributes;
    }
    synthesizeAttributes() {
      return this.attributes;
    }
  }

  // What is to be built is read before the clock starts.
  const files = readdirSync(target, { recursive: true }).map(String);
  const stacks = files
    .filter((file) => file.endsWith('cdk.tf.json'))
    .map((file) => JSON.parse(readFileSync(join(target, file), 'utf8')));
  const charts = files
    .filter((file) => file.endsWith('.k8s.yaml'))
    .map((file) =>
      parseAllDocuments(readFileSync(join(target, file), 'utf8')).map((document) => document.toJS()),
    );

  const phases = {};
  timed(phases, 'cdktf', () => {
    const app = new TerraformApp({ outdir: join(out, 'cdktf.out') });
    stacks.forEach(({ provider, resource }, number) => {
      const stack = new TerraformStack(app, `stack-${number}`);
      for (const [name, [attributes]] of Object.entries(provider ?? {}))
        new Provider(stack, name, attributes);
      for (const [type, all] of Object.entries(resource ?? {})) {
        for (const [id, attributes] of Object.entries(all)) new Resource(stack, id, type, attributes);
      }
    });
    app.synth();
  });
  timed(phases, 'cdk8s', () => {
    const app = new KubernetesApp({ outdir: join(out, 'dist') });
    charts.forEach((objects, number) => {
      const chart = new Chart(app, `chart-${number}`);
      objects.forEach((object, index) => new ApiObject(chart, `object-${index}`, object));
    });
    app.synth();
  });
  return phases;
}
