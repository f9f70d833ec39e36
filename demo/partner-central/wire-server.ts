import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock, sleep } from '../../src/clock.ts';
import type { JsonObject } from '../json.ts';
import { listenOnLoopback } from '../loopback.ts';
import { type Delivery, deliveryUnder, executesUnder, type Faults } from './faults.ts';
import { type ReceivedRequest, receive } from './receive.ts';
import { type SigningScope, signatureError } from './signature.ts';
import type { RecordedRequest, StandInCredentials } from './stand-in.ts';
import { type Answer, answerFor, failed, frontError, type Outcome, throttled } from './wire.ts';

/** The key pair that AWS's documentation uses in its examples: it opens nothing. */
export const exampleCredentials: StandInCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** One operation of a service. */
export interface WireOperation {
  /** Whether the quota lets it pass now. */
  readonly admit: () => boolean;
  /** What it comes to, for a body whose signature is right. `gone`: whoever asked isn't waiting any more. */
  readonly execute: (body: JsonObject, gone: AbortSignal) => Outcome | Promise<Outcome>;
}

export interface WireServerOptions {
  readonly clock: Clock;
  /** 0: any free port. */
  readonly port: number;
  readonly credentials: StandInCredentials;
  /** What `X-Amz-Target` has before the operation's name. */
  readonly target: string;
  readonly signingScope: SigningScope;
  readonly faults: Faults;
  readonly operation: (name: string) => WireOperation | undefined;
}

export interface WireServer {
  readonly url: string;
  /** Every request since the start, oldest first. */
  requests(operation?: string): readonly RecordedRequest[];
  close(): Promise<void>;
}

/** A service over the wire as AWS speaks it (JSON, Signature Version 4), on loopback, with faults. */
export async function startWireServer(options: WireServerOptions): Promise<WireServer> {
  const { clock, credentials, target, signingScope, faults, operation: operationNamed } = options;
  const log: RecordedRequest[] = [];

  /** What the request comes to; `late`: so much later than it is `accepted`, which is where its signature is right. */
  async function outcomeOf(
    request: ReceivedRequest,
    gone: AbortSignal,
    late: { readonly ms: number; readonly accepted: () => void } | undefined,
  ): Promise<Outcome> {
    const operation = operationNamed(request.operation);
    if (operation === undefined || !request.wellAddressed)
      return failed(frontError('UnknownOperationException'));
    const unsigned = await signatureError(request, credentials, clock.now(), signingScope);
    if (unsigned !== undefined) return failed(unsigned);
    if (!operation.admit()) return failed(throttled());
    if (request.json === undefined) return failed(frontError('SerializationException'));
    if (late !== undefined) {
      late.accepted();
      await sleep(clock, late.ms);
    }
    return operation.execute(request.json, gone);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const request = await receive(incoming, target);
    const at = log.length;
    log.push({
      operation: request.operation,
      body: request.json ?? {},
      headers: request.headers,
      at: clock.now().getTime(),
      executed: false,
    });
    const note = (more: Partial<RecordedRequest>) => {
      const recorded = log[at];
      if (recorded !== undefined) log[at] = { ...recorded, ...more };
    };
    const noteAnswer = ({ status, body }: Answer, whole: boolean) => {
      const answered = { at: clock.now().getTime(), status, error: errorIn(body), whole };
      response.once(whole ? 'finish' : 'close', () => note({ answered }));
    };
    if (request.tooLarge) {
      const tooLarge = failed(frontError('RequestEntityTooLargeException', undefined, 413));
      const answer = answerFor(tooLarge, request.style);
      return deliver(response, { type: 'answer', answer, requestId: true }, noteAnswer);
    }

    const { latencyMs, kind } = faults.take(request.operation);
    if (kind?.type === 'error' && !executesUnder(kind)) note({ refusedAs: kind.name });
    if (latencyMs > 0) await sleep(clock, latencyMs);
    const late =
      kind?.type === 'late'
        ? { ms: kind.ms, accepted: () => deliver(response, deliveryUnder(kind, undefined)) }
        : undefined;
    const outcome = executesUnder(kind) ? await outcomeOf(request, gone.signal, late) : undefined;
    if (outcome?.ok) note({ executed: true, ...(late && { executedAt: clock.now().getTime() }) });
    if (late !== undefined) return;
    const answer = outcome && answerFor(outcome, request.style);
    if (kind !== undefined) {
      // Anything else is garbled on the way, or comes from a gateway.
      const isAws = ['error', 'throttle', 'truncated-body'].includes(kind.type);
      return deliver(response, deliveryUnder(kind, answer), isAws ? noteAnswer : undefined);
    }
    if (answer !== undefined) deliver(response, { type: 'answer', answer, requestId: true }, noteAnswer);
  }

  function deliver(
    response: ServerResponse,
    delivery: Delivery,
    noteAnswer?: (answer: Answer, whole: boolean) => void,
  ): void {
    if (delivery.type === 'hang') return;
    if (delivery.type === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    const { status, headers, body } = delivery.answer;
    const bytes = Buffer.from(body);
    response.sendDate = false;
    response.writeHead(status, {
      // A client corrects its clock by this header, so it must be the clock that signatures are judged by.
      date: clock.now().toUTCString(),
      ...(delivery.type === 'answer' && !delivery.requestId ? {} : { 'x-amzn-requestid': randomUUID() }),
      ...headers,
      'content-length': String(bytes.length),
    });
    noteAnswer?.(delivery.answer, delivery.type === 'answer');
    if (delivery.type === 'answer') {
      response.end(bytes);
    } else response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  const { port, close } = await listenOnLoopback(server, options.port);

  return {
    url: `http://127.0.0.1:${port}`,
    requests: (operation) =>
      log.filter((request) => operation === undefined || request.operation === operation),
    close,
  };
}

/** The exception that an answer is, by its `__type`; undefined: it is none. */
function errorIn(body: string): string | undefined {
  const [, name] = /"__type":"(?:[^"#]*#)?(\w+)"/.exec(body) ?? [];
  return name;
}
