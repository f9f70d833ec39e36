import type { JsonObject } from '../../json.ts';
import type { SlackState } from '../state.ts';

/** What a Web API method answers, as it goes over the wire. */
export type Answer =
  | ({ readonly ok: true } & JsonObject)
  | ({ readonly ok: false; readonly error: string } & JsonObject);

/** One Web API method: its arguments, already decoded, to its answer. */
export type Method = (args: JsonObject, state: SlackState) => Answer;

/** A refusal by one of Slack's error names; `messages` go where Slack explains itself. */
export function refuse(error: string, messages: readonly string[] = []): Answer {
  return messages.length === 0
    ? { ok: false, error }
    : { ok: false, error, errors: messages, response_metadata: { messages } };
}

/** `invalid_arguments`, as Slack answers for arguments that are missing or of the wrong kind. */
export function invalidArguments(...messages: readonly string[]): Answer {
  return { ok: false, error: 'invalid_arguments', response_metadata: { messages } };
}

/** The argument isn't there. */
export function missing(argument: string): Answer {
  return invalidArguments(`[ERROR] missing required field: ${argument}`);
}
