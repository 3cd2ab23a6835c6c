import { dnsLabel } from './names';
import { type Mount, type Volume } from './volumes';

/**
 * How the values of secrets reach a container.
 *
 * - `addon`: the Secret Manager add-on of GKE mounts them as files in memory; nothing is stored in Kubernetes.
 * - `external-secrets`: the External Secrets operator keeps a Kubernetes Secret up to date.
 * - `manual`: a person creates the Kubernetes Secret.
 *
 * @see https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
export type SecretDelivery = 'addon' | 'external-secrets' | 'manual';

/** A key of a secret. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** An environment variable: a literal, or a key of a secret. */
export type EnvVariable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly key: string };

/** What a container's definition needs for its environment. */
export interface DeliveredEnvironment {
  /** The `env` of the container. */
  readonly env: readonly Readonly<Record<string, unknown>>[];
  /** What the container runs, with a prologue where files have to become variables. */
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
  readonly mounts: readonly Mount[];
}

/** Folder below which each secret has a folder, and each of its keys a file. */
export const secretsFolder = '/run/secrets';

/** Where the value lies as a file, whatever the delivery. */
export function secretPath(secret: string, key: string): string {
  return `${secretsFolder}/${secret}/${key}`;
}

/** Mounts a secret at {@link secretPath}, read-only. */
export function secretMount(delivery: SecretDelivery, secret: string): Mount {
  return { volume: secretVolume(delivery, secret), path: `${secretsFolder}/${secret}`, readOnly: true };
}

function secretVolume(delivery: SecretDelivery, secret: string): Volume {
  const name = dnsLabel(`secret-${secret}`);
  if (delivery !== 'addon') return { name, source: { secret: { secretName: secret, defaultMode: 0o440 } } };
  return {
    name,
    source: {
      csi: {
        driver: 'secrets-store-gke.csi.k8s.io',
        readOnly: true,
        volumeAttributes: { secretProviderClass: secret },
      },
    },
  };
}

/** What {@link deliverEnvironment} decides about. */
export interface EnvironmentProps {
  /** Name of the container, for messages. */
  readonly container: string;
  readonly delivery: SecretDelivery;
  /** Variables, sorted by name. */
  readonly variables: readonly EnvVariable[];
  readonly command: readonly string[] | undefined;
  readonly args: readonly string[] | undefined;
}

/**
 * Decides how an environment is delivered; every container of ours is made through it.
 *
 * Secrets are files with every delivery: a prologue of the shell reads them into variables and then replaces itself by
 * the command, so that the values are in no process but the container's own, and neither `kubectl describe` nor the
 * container runtime shows where they are used. The container must then say its whole command, since the entry point of
 * its image is replaced.
 */
export function deliverEnvironment(props: EnvironmentProps): DeliveredEnvironment {
  const literals = props.variables.filter((variable) => 'value' in variable);
  const references = props.variables.filter((variable) => 'secret' in variable);
  const env = literals.map(({ name, value }) => ({ name, value: literal(value) }));
  const command = props.command?.map(literal);
  const args = props.args?.map(literal);
  if (references.length === 0) return { env, command, args, mounts: [] };

  if (command === undefined) {
    throw new Error(
      `container '${props.container}': got secrets in its environment and no command; files are read into variables before the command is started, so the command must be known; set 'command'`,
    );
  }
  const secrets = [...new Set(references.map(({ secret }) => secret))].sort();
  return {
    env,
    command: ['/bin/sh', '-ec', prologue(references)],
    // The shell takes the first argument as its own name.
    args: ['tapline', ...command, ...(args ?? [])],
    mounts: secrets.map((secret) => secretMount(props.delivery, secret)),
  };
}

/** Reads files into variables and becomes the command; ends with the failing `cat` where a file is missing. */
function prologue(references: readonly { name: string; secret: string; key: string }[]): string {
  const lines = references.map(({ name, secret, key }) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new Error(
        `environment variable '${name}': a shell cannot set it; allowed are letters, digits and underscores, first no digit; rename it`,
      );
    }
    return `${name}="$(cat ${shellQuote(secretPath(secret, key))})"; export ${name}`;
  });
  return [...lines, 'exec "$@"'].join('\n');
}

/** Quotes a word for a POSIX shell. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
}

/**
 * Protects a text from Kubernetes, which replaces `$(NAME)` and `$$` in variables and arguments.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}
