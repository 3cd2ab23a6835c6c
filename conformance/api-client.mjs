// Talks to an API server directly: hundreds of calls of kubectl would take minutes.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

export class ApiClient {
  /** Connects as a kubeconfig in JSON says, and asks which kinds there are. */
  static async connect(config) {
    const { clusters, users } = JSON.parse(readFileSync(config, 'utf8'));
    const api = new ApiClient(clusters[0].cluster.server, users[0].user.token);
    await api.discover();
    return api;
  }

  constructor(server, token) {
    this.server = server;
    this.headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    this.agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
    this.kinds = new Map();
  }

  /** The kinds by `apiVersion/kind`. */
  async discover() {
    const { groups } = await this.get('/apis');
    const versions = ['v1', ...groups.flatMap((group) => group.versions.map((one) => one.groupVersion))];
    for (const version of versions) {
      const root = version === 'v1' ? '/api/v1' : `/apis/${version}`;
      const { resources } = await this.get(root);
      for (const { kind, name, namespaced } of resources) {
        if (!name.includes('/')) this.kinds.set(`${version}/${kind}`, { root, plural: name, namespaced });
      }
    }
  }

  pathOf({ apiVersion, kind, metadata }) {
    const { root, plural, namespaced } = this.kinds.get(`${apiVersion}/${kind}`);
    const folder = namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${folder}/${plural}/${encodeURIComponent(metadata.name)}`;
  }

  /** Server-side apply, as `kubectl apply --server-side --force-conflicts` does it. */
  apply(object, { dryRun = false, path = this.pathOf(object), text = JSON.stringify(object) } = {}) {
    const query = `fieldManager=kubectl&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.send('PATCH', `${path}?${query}`, text, 'application/apply-patch+yaml');
  }

  patch(path, value) {
    return this.send('PATCH', path, JSON.stringify(value), 'application/merge-patch+json');
  }

  async get(path) {
    const { status, body } = await this.send('GET', path);
    return status === 200 ? body : undefined;
  }

  send(method, path, text, type) {
    return new Promise((done, fail) => {
      const headers = { ...this.headers, ...(type === undefined ? {} : { 'content-type': type }) };
      const call = request(`${this.server}${path}`, { method, headers, agent: this.agent }, (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8');
          try {
            done({ status: answer.statusCode, body: JSON.parse(said) });
          } catch {
            done({ status: answer.statusCode, body: { message: said } });
          }
        });
      });
      call.on('error', fail);
      call.end(text);
    });
  }
}
