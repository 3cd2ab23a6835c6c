import type { BlockResult, RunResult } from '../run/result';
import type { Observer } from './live';

/** How long the end of a run waits for the collector. */
const exportTimeoutMs = 5000;

interface Ended {
  readonly result: BlockResult;
  readonly endedAt: number;
}

/**
 * A trace of the run, a span for the whole and one for each block, sent at the end by OTLP over HTTP.
 *
 * It goes on from the trace of whoever started the run, where `TRACEPARENT` names one. Where it is sent, and with which
 * headers, the library reads from `OTEL_EXPORTER_OTLP_…`.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export class Trace implements Observer {
  private readonly blocks: Ended[] = [];

  constructor(
    private readonly options: {
      readonly serviceName: string;
      readonly traceParent: string | undefined;
      /** Takes secrets out of a text. */
      readonly clean: (text: string) => string;
      readonly warn: (message: string) => void;
    },
  ) {}

  ended(result: BlockResult): void {
    this.blocks.push({ result, endedAt: Date.now() });
  }

  async close(result: RunResult): Promise<void> {
    const library = await import('../vendor/opentelemetry.js');
    const { ROOT_CONTEXT, trace } = library;
    const before = library.parseTraceParent(this.options.traceParent ?? '');
    const provider = new library.BasicTracerProvider({
      resource: library.resourceFromAttributes({ 'service.name': this.options.serviceName }),
      spanProcessors: [
        new library.BatchSpanProcessor(new library.OTLPTraceExporter({ timeoutMillis: exportTimeoutMs }), {
          exportTimeoutMillis: exportTimeoutMs,
        }),
      ],
    });
    const tracer = provider.getTracer('tapline-run');
    const failed = (reason: string | undefined) => ({
      code: library.SpanStatusCode.ERROR,
      message: this.options.clean(reason ?? ''),
    });
    const root = tracer.startSpan(
      'tapline-run run',
      {
        startTime: result.startedAt,
        attributes: { 'tapline.run_id': result.runId, 'tapline.exit_code': result.exitCode },
      },
      before ? trace.setSpanContext(ROOT_CONTEXT, { ...before, isRemote: true }) : ROOT_CONTEXT,
    );
    if (result.exitCode !== 0) root.setStatus(failed(result.reason));
    for (const { result: block, endedAt } of this.blocks) {
      const { rows, bytes, statesReceived, stateWrites } = block;
      const span = tracer.startSpan(
        block.name,
        {
          startTime: endedAt - block.durationSeconds * 1000,
          attributes: {
            'tapline.engine': block.engine,
            ...(statesReceived === null ? {} : { 'tapline.states': statesReceived }),
            ...(stateWrites === null ? {} : { 'tapline.state_writes': stateWrites }),
            ...(rows === null ? {} : { 'tapline.rows': rows }),
            ...(bytes === null ? {} : { 'tapline.bytes': bytes }),
          },
        },
        trace.setSpan(ROOT_CONTEXT, root),
      );
      if (!block.success) span.setStatus(failed(block.reason));
      span.end(endedAt);
    }
    root.end(result.endedAt);
    try {
      await provider.shutdown();
    } catch (error) {
      this.options.warn(`the trace could not be sent: ${(error as Error).message}`);
    }
  }
}
