import type { PartnerCentralFault } from './stand-in.ts';
import { type Answer, answerFor, failed, succeeded, textMember, throttled, type WireError } from './wire.ts';

type FaultKind = PartnerCentralFault['kind'];

/** What the switched-on faults do to one request: wait first, then perhaps one of the others. */
export interface FaultPlan {
  readonly latencyMs: number;
  readonly kind: Exclude<FaultKind, { type: 'latency' }> | undefined;
}

export type Faults = ReturnType<typeof createFaults>;

/** The faults that are switched on, newest first. */
export function createFaults(changed: () => void) {
  let active: readonly {
    readonly fault: PartnerCentralFault;
    readonly key: symbol;
    readonly left: number;
    readonly spares: number;
  }[] = [];

  const count = (key: symbol, what: 'left' | 'spares') => {
    active = active
      .map((entry) => (entry.key === key ? { ...entry, [what]: entry[what] - 1 } : entry))
      .filter((entry) => entry.left > 0);
    changed();
  };

  return {
    inject(fault: PartnerCentralFault): () => void {
      const key = Symbol();
      active = [
        { fault, key, left: fault.times ?? Number.POSITIVE_INFINITY, spares: fault.spares ?? 0 },
        ...active,
      ];
      changed();
      return () => {
        active = active.filter((entry) => entry.key !== key);
        changed();
      };
    },
    clear(): void {
      active = [];
      changed();
    },
    /** Takes what applies to the next request of this operation, and counts it against `times`. */
    take(operation: string): FaultPlan {
      let latencyMs = 0;
      for (const { fault, key, spares } of active) {
        if (fault.operation !== undefined && fault.operation !== operation) continue;
        count(key, spares > 0 ? 'spares' : 'left');
        if (spares > 0) continue;
        if (fault.kind.type !== 'latency') return { latencyMs, kind: fault.kind };
        latencyMs += fault.kind.ms;
      }
      return { latencyMs, kind: undefined };
    },
  };
}

/** How a request is answered, if at all. */
export type Delivery =
  | { readonly type: 'answer'; readonly answer: Answer; readonly requestId: boolean }
  | { readonly type: 'truncated'; readonly answer: Answer }
  | { readonly type: 'hang' }
  | { readonly type: 'reset' };

/** True where the operation takes effect in spite of the fault. */
export function executesUnder(kind: FaultPlan['kind']): boolean {
  if (kind === undefined || kind.type === 'late') return true;
  return 'execute' in kind && kind.execute === true;
}

/**
 * What the caller gets under a fault. `answer` is what the service had to say, where it was asked at all.
 * What a gateway would answer in the service's place carries no request ID.
 */
export function deliveryUnder(kind: NonNullable<FaultPlan['kind']>, answer: Answer | undefined): Delivery {
  switch (kind.type) {
    case 'hang':
    case 'reset':
      return { type: kind.type };
    case 'late':
      return { type: kind.answer };
    case 'truncated-body':
      return { type: 'truncated', answer: answer?.body ? answer : longAnswer };
    case 'html-503':
      return { type: 'answer', answer: htmlAnswer, requestId: false };
    case 'empty-body':
      return { type: 'answer', answer: { status: 200, headers: {}, body: '' }, requestId: false };
    case 'odd-200':
      return { type: 'answer', answer: oddAnswer, requestId: true };
    case 'throttle':
      return { type: 'answer', answer: answerFor(failed(throttled(kind.retryAfterMs))), requestId: true };
    case 'error':
      return { type: 'answer', answer: answerFor(failed(errorOf(kind))), requestId: true };
  }
}

function errorOf(kind: Extract<FaultKind, { type: 'error' }>): WireError {
  const message = kind.message ?? messages[kind.name] ?? 'Injected by the stand-in.';
  return {
    name: kind.name,
    status: kind.status ?? statuses[kind.name] ?? 400,
    fields: { [textMember(kind.name)]: message, ...kind.body },
    ...(kind.headers !== undefined && { headers: kind.headers }),
  };
}

const statuses: Readonly<Record<string, number>> = {
  InternalServerException: 500,
  InternalFailure: 500,
  ServiceUnavailable: 503,
  OptInRequired: 403,
  ExpiredTokenException: 403,
};

const messages: Readonly<Record<string, string>> = {
  AccessDeniedException: "You don't have access to this action or resource.",
  ExpiredTokenException: 'The security token included in the request is expired',
  InternalServerException: 'An internal error occurred.',
  OptInRequired: 'The AWS Access Key Id needs a subscription for the service.',
  RequestExpired: 'Request has expired.',
  ServiceUnavailable: 'The request has failed due to a temporary failure of the server.',
  ThrottlingException: 'Rate exceeded',
  UnrecognizedClientException: 'The security token included in the request is invalid.',
};

const htmlAnswer: Answer = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>',
};

const oddAnswer: Answer = answerFor(succeeded({ SubmissionStatus: 'QUEUED' }));

/** Stands for the answer of an operation that has an empty one, or that wasn't executed. */
const longAnswer: Answer = answerFor(
  succeeded({
    Id: 'O1001',
    Arn: 'arn:aws:partnercentral:us-east-1:111122223333:catalog/Sandbox/opportunity/O1001',
  }),
);
