import type { Log } from '../log/log';
import { Problem } from '../problem';
import { Live } from './live';
import { Metrics } from './metrics';
import type { Progress } from './progress';
import { Trace } from './trace';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everybody who watches a run, as the variables of the environment ask for it; without them nothing is loaded. */
export async function startTelemetry(
  environment: Environment,
  log: Log,
  progress: Progress | undefined,
): Promise<Live> {
  const warn = (message: string): void => {
    log.warning(message);
  };
  const port = portFrom(environment.TAPLINE_METRICS_PORT);
  const file = textIn(environment.TAPLINE_METRICS_FILE);
  const pushUrl = textIn(environment.TAPLINE_METRICS_PUSH_URL);
  const measured = port !== undefined || file !== undefined || pushUrl !== undefined;
  return new Live([
    ...(progress ? [progress] : []),
    ...(measured ? [await Metrics.start({ port, file, pushUrl }, warn)] : []),
    ...(isTraced(environment) ? [traceOf(environment, log, warn)] : []),
  ]);
}

/** A collector is named, and nothing says that it is not to be told. */
function isTraced(environment: Environment): boolean {
  const to =
    textIn(environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) ?? textIn(environment.OTEL_EXPORTER_OTLP_ENDPOINT);
  return (
    to !== undefined &&
    environment.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' &&
    environment.OTEL_TRACES_EXPORTER !== 'none'
  );
}

function traceOf(environment: Environment, log: Log, warn: (message: string) => void): Trace {
  return new Trace({
    serviceName: textIn(environment.OTEL_SERVICE_NAME) ?? 'tapline-run',
    traceParent: textIn(environment.TRACEPARENT),
    clean: (text) => log.mask.clean(text),
    warn,
  });
}

function portFrom(text: string | undefined): number | undefined {
  if (textIn(text) === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Problem(`TAPLINE_METRICS_PORT is '${text ?? ''}', expected a port between 1 and 65535`, {
    fix: 'Leave it out to serve no metrics.',
  });
}

function textIn(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
