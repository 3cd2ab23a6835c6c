// An issuer of OpenID Connect on the loopback interface, with a certificate of its own: discovery, authorization code
// with PKCE, signed id tokens and a userinfo endpoint. It signs in whoever the check says.
import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { atEnd, freePort, must, temporaryFolder } from './support.mjs';

const encode = (value) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Starts one; `person` of the result is who signs in next: claims of the id token, and further ones of userinfo. */
export async function startIssuer(client) {
  const folder = temporaryFolder('issuer');
  const certificate = join(folder, 'cert.pem');
  must('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-keyout', join(folder, 'key.pem'), '-out', certificate],
  ]);
  must('chmod', ['-R', 'a+rX', folder]);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const port = await freePort();
  const issuer = { port, certificate, address: `https://127.0.0.1:${port}`, person: undefined, faults: [] };
  const codes = new Map();
  const pages = {
    '/.well-known/openid-configuration': () => ({
      issuer: issuer.address,
      authorization_endpoint: `${issuer.address}/authorize`,
      token_endpoint: `${issuer.address}/token`,
      userinfo_endpoint: `${issuer.address}/userinfo`,
      jwks_uri: `${issuer.address}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({
      keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
    }),
    '/token': (form, authorization) => {
      const asked = codes.get(form.get('code'));
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
      if (asked === undefined || challenge !== asked.get('code_challenge')) issuer.faults.push('PKCE');
      if (authorization !== basic) issuer.faults.push('the secret of the client');
      if (form.get('redirect_uri') !== asked?.get('redirect_uri')) issuer.faults.push('redirect_uri');
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        ...issuer.person.token,
        iss: issuer.address,
        aud: client.id,
        iat: now,
        exp: now + 300,
        nonce: asked?.get('nonce'),
      };
      const signed = `${encode({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encode(claims)}`;
      const signature = createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url');
      return {
        access_token: 'access',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: `${signed}.${signature}`,
      };
    },
    '/userinfo': () => issuer.person.userinfo,
  };
  const server = createServer(
    { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(certificate) },
    (request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const page = pages[new URL(request.url, issuer.address).pathname];
        response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'application/json' });
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        response.end(JSON.stringify(page?.(form, request.headers.authorization) ?? {}));
      });
    },
  );
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  atEnd(() => server.close());
  /** What a browser is sent back with. */
  issuer.authorize = (address) => {
    const asked = new URL(address).searchParams;
    const code = randomBytes(8).toString('hex');
    codes.set(code, asked);
    return `${asked.get('redirect_uri')}?${new URLSearchParams({ code, state: asked.get('state') })}`;
  };
  return issuer;
}
