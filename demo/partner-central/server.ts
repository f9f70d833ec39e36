import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createData, withFields } from './data.ts';
import { createFaults, type Delivery, deliveryUnder, executesUnder } from './faults.ts';
import { isJsonObject, type JsonObject, withoutNulls } from './json.ts';
import { operations } from './operations/index.ts';
import { createQuotas } from './quotas.ts';
import { plausibleReviewText } from './reviewer.ts';
import type { Service } from './service.ts';
import { signatureError } from './signature.ts';
import { demoSolutions } from './solutions.ts';
import type {
  PartnerCentralOptions,
  PartnerCentralStandIn,
  RecordedRequest,
  StandInCredentials,
} from './stand-in.ts';
import { answerFor, failed, frontError, type Outcome, throttled } from './wire.ts';

/** The key pair that AWS's documentation uses in its examples: it opens nothing. */
export const exampleCredentials: StandInCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const bodyLimit = 1024 * 1024;
const targetForm = /^AWSPartnerCentralSelling\.(\w+)$/;

/**
 * A Partner Central to try the bot with: the operations the bot uses, over the wire as AWS speaks it
 * (awsJson1_0, Signature Version 4), with AWS's rules and errors, on loopback and in memory.
 */
export async function startPartnerCentral(options: PartnerCentralOptions): Promise<PartnerCentralStandIn> {
  const { clock } = options;
  const credentials = options.credentials ?? exampleCredentials;
  const data = createData(clock);
  const faults = createFaults(data.changed);
  const quotas = options.quotas === true ? createQuotas(clock) : undefined;
  const log: RecordedRequest[] = [];
  const submissions = new Map<string, number>();
  const service: Service = {
    clock,
    data,
    solutions: options.solutions ?? demoSolutions,
    countSubmission: (id) => submissions.set(id, (submissions.get(id) ?? 0) + 1),
  };

  async function outcomeOf(request: ReceivedRequest): Promise<Outcome> {
    const operation = operations.get(request.operation);
    if (operation === undefined || !request.wellAddressed)
      return failed(frontError('UnknownOperationException'));
    const unsigned = await signatureError(request, credentials, clock.now());
    if (unsigned !== undefined) return failed(unsigned);
    if (quotas?.admit(operation.kind) === false) return failed(throttled());
    if (request.json === undefined) return failed(frontError('SerializationException'));
    return operation.execute(request.json, service);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(incoming);
    const at = log.length;
    const recorded = {
      operation: request.operation,
      body: request.json ?? {},
      headers: request.headers,
      at: clock.now().getTime(),
      executed: false,
    };
    log.push(recorded);
    if (request.tooLarge) {
      const answer = answerFor(failed(frontError('RequestEntityTooLargeException', undefined, 413)));
      return deliver(response, { type: 'answer', answer, requestId: true });
    }

    const { latencyMs, kind } = faults.take(request.operation);
    if (latencyMs > 0) await new Promise<void>((resolve) => clock.after(latencyMs, resolve));
    const outcome = executesUnder(kind) ? await outcomeOf(request) : undefined;
    if (outcome?.ok) log[at] = { ...recorded, executed: true };
    const answer = outcome && answerFor(outcome);
    if (kind !== undefined) return deliver(response, deliveryUnder(kind, answer));
    if (answer !== undefined) deliver(response, { type: 'answer', answer, requestId: true });
  }

  function deliver(response: ServerResponse, delivery: Delivery): void {
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
    if (delivery.type === 'answer') response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  return {
    url: `http://127.0.0.1:${port}`,
    credentials,
    seed: data.put,
    opportunity: data.find,
    opportunities: data.all,
    review(catalog, id, status, { comments, reason, keepLastModifiedDate } = {}) {
      const stored = data.find(catalog, id);
      if (stored === undefined) throw new Error(`There is no opportunity ${id} in catalog ${catalog}.`);
      const plausible = plausibleReviewText(status);
      const reviewed = withFields(stored, {
        'LifeCycle.ReviewStatus': status,
        'LifeCycle.ReviewComments': comments ?? plausible.comments,
        'LifeCycle.ReviewStatusReason': reason ?? plausible.reason,
      });
      if (keepLastModifiedDate === true) data.put(reviewed);
      else data.modify(reviewed);
    },
    requests: (operation) =>
      log.filter((request) => operation === undefined || request.operation === operation),
    submissionsExecuted: (id) => submissions.get(id) ?? 0,
    injectFault: faults.inject,
    clearFaults: faults.clear,
    onChange: data.onChange,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ReceivedRequest {
  /** The operation's name from `X-Amz-Target`, or the whole of an unknown target. */
  readonly operation: string;
  /** `POST /`, this service's target, and the protocol's content type. */
  readonly wellAddressed: boolean;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Undefined where the body isn't a JSON object. */
  readonly json: JsonObject | undefined;
  readonly tooLarge: boolean;
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const method = incoming.method ?? '';
  const target = headers['x-amz-target'] ?? '';
  const operation = targetForm.exec(target)?.[1];
  const { body, tooLarge } = await readBody(incoming);
  return {
    operation: operation ?? target,
    wellAddressed:
      method === 'POST' &&
      incoming.url === '/' &&
      operation !== undefined &&
      /^application\/x-amz-json-1\.0\b/.test(headers['content-type'] ?? ''),
    method,
    headers,
    body,
    json: parseBody(body),
    tooLarge,
  };
}

async function readBody(incoming: IncomingMessage): Promise<{ body: Buffer; tooLarge: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // The rest is read and thrown away, so that the caller gets to the answer.
    if (size <= bodyLimit) chunks.push(bytes);
  }
  return size > bodyLimit
    ? { body: Buffer.alloc(0), tooLarge: true }
    : { body: Buffer.concat(chunks), tooLarge: false };
}

function parseBody(body: Buffer): JsonObject | undefined {
  try {
    const parsed: unknown = withoutNulls(JSON.parse(body.toString('utf8') || '{}'));
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
