import { type Document, parseDocument, type ScalarTag, visit } from 'yaml';
import { z } from 'zod';
import { readFile } from '../project/imports.ts';

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09'),
  Description: z.string().max(1024),
  Parameters: z.record(z.string(), z.record(z.string(), z.unknown())),
  Conditions: z.record(z.string(), z.unknown()),
  Resources: z.record(
    z.string(),
    z.strictObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
  Outputs: z.record(z.string(), z.strictObject({ Description: z.string().optional(), Value: z.unknown() })),
});

export type Template = z.output<typeof templateSchema>;

const FUNCTIONS = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'Not'] as const;

/** CloudFormation's short forms (`!Ref X`) as their long ones (`{ Ref: X }`), for scalars and for lists. */
const tags = FUNCTIONS.flatMap((name) => {
  const long = name === 'Ref' ? name : `Fn::${name}`;
  const scalar: ScalarTag = {
    tag: `!${name}`,
    resolve: (text) => ({ [long]: name === 'GetAtt' ? text.split('.') : text }),
  };
  const list = {
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (items: { toJSON(): unknown }) => ({ [long]: items.toJSON() }),
  };
  return [scalar, list];
});

/** The template, with its functions in their long forms. @throws Error where it isn't YAML that CloudFormation reads. */
export function readTemplate(file: string): Template {
  const document = parseDocument(readFile(file), { customTags: tags, version: '1.1' });
  if (document.errors.length > 0) throw new Error(document.errors.join('\n'));
  refuseAliases(document);
  return templateSchema.parse(document.toJS());
}

/** "YAML: not supported are aliases", https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html */
function refuseAliases(document: Document): void {
  visit(document, {
    Alias: () => {
      throw new Error('CloudFormation reads no YAML aliases.');
    },
  });
}

/** Every `{ name: value }` of the long forms, wherever it stands. */
export function functionsIn(value: unknown): { readonly name: string; readonly argument: unknown }[] {
  if (Array.isArray(value)) return value.flatMap(functionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'Ref' || key.startsWith('Fn::') ? [{ name: key, argument: inner }] : []),
    ...functionsIn(inner),
  ]);
}
