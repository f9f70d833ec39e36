import type { PartnerCentralFault, PartnerCentralStandIn } from '../partner-central/stand-in.ts';
import type { SlackFault, SlackStandIn } from '../slack/stand-in.ts';

/** One switch of the page. */
export interface FaultState {
  readonly id: string;
  readonly on: 'AWS' | 'Slack';
  readonly label: string;
  readonly active: boolean;
}

export type FaultSwitches = ReturnType<typeof faultSwitches>;

type Fault = { readonly id: string; readonly label: string } & (
  | { readonly on: 'AWS'; readonly fault: PartnerCentralFault }
  | { readonly on: 'Slack'; readonly fault: SlackFault }
);

const submit = 'SubmitOpportunity';

const faults: readonly Fault[] = [
  {
    id: 'aws-validation',
    label: 'Submitting is refused: two fields are wrong',
    on: 'AWS',
    fault: {
      operation: submit,
      kind: {
        type: 'error',
        name: 'ValidationException',
        message: '',
        body: {
          Reason: 'BUSINESS_VALIDATION_FAILED',
          ErrorList: [
            {
              FieldName: 'lifeCycle.targetCloseDate',
              Code: 'INVALID_VALUE',
              Message: 'Target close date must be a future date',
            },
            {
              FieldName: 'project.salesActivities',
              Code: 'REQUIRED_FIELD_MISSING',
              Message: 'project.salesActivities is required',
            },
          ],
        },
      },
    },
  },
  {
    id: 'aws-access-denied',
    label: 'Submitting is refused: access denied',
    on: 'AWS',
    fault: {
      operation: submit,
      kind: {
        type: 'error',
        name: 'AccessDeniedException',
        message: 'User is not authorized to perform: partnercentral:SubmitOpportunity',
      },
    },
  },
  {
    id: 'aws-not-found',
    label: 'Submitting is refused: not found',
    on: 'AWS',
    fault: {
      operation: submit,
      kind: { type: 'error', name: 'ResourceNotFoundException', message: 'Resource not found' },
    },
  },
  {
    id: 'aws-throttling',
    label: 'Submitting is throttled',
    on: 'AWS',
    fault: { operation: submit, kind: { type: 'throttle' } },
  },
  {
    id: 'aws-internal',
    label: 'Submitting fails: internal server error',
    on: 'AWS',
    fault: {
      operation: submit,
      kind: { type: 'error', name: 'InternalServerException', status: 500, message: 'Internal failure.' },
    },
  },
  {
    id: 'aws-html-503',
    label: 'Submitting gets an HTML page with status 503',
    on: 'AWS',
    fault: { operation: submit, kind: { type: 'html-503', execute: false } },
  },
  {
    id: 'aws-reset-before',
    label: 'The connection breaks before AWS takes the submission',
    on: 'AWS',
    fault: { operation: submit, kind: { type: 'reset', execute: false } },
  },
  {
    id: 'aws-reset-after',
    label: 'The connection breaks after AWS took the submission',
    on: 'AWS',
    fault: { operation: submit, kind: { type: 'reset', execute: true } },
  },
  {
    id: 'aws-hang',
    label: 'AWS takes the submission and never answers',
    on: 'AWS',
    fault: { operation: submit, kind: { type: 'hang', execute: true } },
  },
  {
    id: 'aws-expired-token',
    label: "The bot's AWS credentials have expired",
    on: 'AWS',
    fault: {
      kind: {
        type: 'error',
        name: 'ExpiredTokenException',
        status: 403,
        message: 'The security token included in the request is expired',
      },
    },
  },
  {
    id: 'aws-slow-read',
    label: 'Reading an opportunity takes 2 seconds',
    on: 'AWS',
    fault: { operation: 'GetOpportunity', kind: { type: 'latency', ms: 2000 } },
  },
  {
    id: 'aws-read-fails',
    label: 'Reading an opportunity fails',
    on: 'AWS',
    fault: {
      operation: 'GetOpportunity',
      kind: { type: 'error', name: 'InternalServerException', status: 500, message: 'Internal failure.' },
    },
  },
  {
    id: 'slack-rate-limit',
    label: 'Posting is rate limited (429)',
    on: 'Slack',
    fault: { method: 'chat.postMessage', kind: { type: 'rate-limit', retryAfterSeconds: 2 } },
  },
  {
    id: 'slack-not-in-channel',
    label: 'Posting fails: not_in_channel',
    on: 'Slack',
    fault: { method: 'chat.postMessage', kind: { type: 'error', error: 'not_in_channel' } },
  },
  {
    id: 'slack-restricted',
    label: 'Posting fails: restricted_action',
    on: 'Slack',
    fault: { method: 'chat.postMessage', kind: { type: 'error', error: 'restricted_action' } },
  },
  {
    id: 'slack-answer-lost',
    label: "Messages are posted, but Slack's answer is lost",
    on: 'Slack',
    fault: { method: 'chat.postMessage', kind: { type: 'reset', execute: true } },
  },
  {
    id: 'slack-latency',
    label: 'Every call to Slack takes 2 seconds',
    on: 'Slack',
    fault: { kind: { type: 'latency', ms: 2000 } },
  },
];

/** The faults that the page offers, each staying on until it is switched off. */
export function faultSwitches(slack: SlackStandIn, partnerCentral: PartnerCentralStandIn) {
  const active = new Map<string, () => void>();
  return {
    list: (): readonly FaultState[] =>
      faults.map(({ id, on, label }) => ({ id, on, label, active: active.has(id) })),
    /** False where there is no such switch. */
    set: (id: string, wanted: boolean): boolean => {
      const chosen = faults.find((fault) => fault.id === id);
      if (chosen === undefined) return false;
      active.get(id)?.();
      active.delete(id);
      if (wanted) {
        active.set(
          id,
          chosen.on === 'AWS' ? partnerCentral.injectFault(chosen.fault) : slack.injectFault(chosen.fault),
        );
      }
      return true;
    },
    clear: (): void => {
      active.clear();
      slack.clearFaults();
      partnerCentral.clearFaults();
    },
  };
}
