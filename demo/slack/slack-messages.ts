import type { z } from 'zod';

/** `/blocks/0/text/text`, as in Slack's own messages. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key)}`).join('');
}

/** Slack's form of a complaint about blocks and views: `[ERROR] what is wrong [json-pointer:/blocks/0/text]`. */
export function complaint(problem: string, path: readonly PropertyKey[]): string {
  return `[ERROR] ${problem} [json-pointer:${pointer(path)}]`;
}

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string'
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} items allowed`;
    case 'too_small':
      return issue.origin === 'string'
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `no fewer than ${issue.minimum} items allowed`;
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'missing required field' : `must provide a ${issue.expected}`;
    case 'invalid_union':
      return 'unsupported type';
    default:
      return issue.message;
  }
}

/** What zod found wrong, as Slack would say it, each below `path`. */
export function complaints(issues: readonly Issue[], path: readonly PropertyKey[]): readonly string[] {
  return issues.flatMap((issue) => {
    const at = [...path, ...issue.path];
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return complaint(problemOf(issue), at);
    // Of several shapes that don't fit, the one that fits best is the one that was meant.
    const best = [...issue.errors].sort((one, other) => one.length - other.length)[0];
    return complaints(best ?? [], at);
  });
}
