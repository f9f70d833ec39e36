import type { PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';

/** What functions make can't be known before the stack is made: it counts as whatever is asked for. */
const isFunction = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Described {
  readonly type: PropertyType;
  readonly required?: boolean;
}

/**
 * What is wrong with a resource's properties by AWS's CloudFormation resource specification (as the CDK has it):
 * names that aren't there, values of another type, properties that are required and missing; however deep.
 */
export function problemsWith(database: SpecDatabase, type: string, properties: unknown): string[] {
  const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type);
  if (resource === undefined) return [`there is no ${type}`];

  const inObject = (
    value: unknown,
    described: Readonly<Record<string, Described>>,
    path: string,
  ): string[] => {
    if (!isRecord(value)) return [`${path} is no object`];
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const missing = Object.entries(described)
      .filter(([name, { required }]) => required === true && !(name in value))
      .map(([name]) => `${at(name)} is missing`);
    return [
      ...missing,
      ...Object.entries(value).flatMap(([name, inner]) => {
        const property = described[name];
        return property === undefined
          ? [`${at(name)} is not known`]
          : inValue(inner, property.type, at(name));
      }),
    ];
  };

  const inValue = (value: unknown, expected: PropertyType, path: string): string[] => {
    if (isFunction(value)) return [];
    switch (expected.type) {
      case 'string':
        return typeof value === 'string' ? [] : [`${path} is no string`];
      case 'integer':
        return Number.isInteger(value) ? [] : [`${path} is no integer`];
      case 'number':
        return typeof value === 'number' ? [] : [`${path} is no number`];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${path} is no boolean`];
      case 'array':
        return Array.isArray(value)
          ? value.flatMap((each, index) => inValue(each, expected.element, `${path}.${index}`))
          : [`${path} is no list`];
      case 'map':
        return isRecord(value)
          ? Object.entries(value).flatMap(([name, each]) =>
              inValue(each, expected.element, `${path}.${name}`),
            )
          : [`${path} is no map`];
      case 'ref':
        return inObject(value, database.get('typeDefinition', expected.reference.$ref).properties, path);
      case 'union': {
        const tried = expected.types.map((each) => inValue(value, each, path));
        return tried.some((problems) => problems.length === 0) ? [] : (tried[0] ?? []);
      }
      case 'json':
      case 'tag':
      case 'date-time':
      case 'null':
        return [];
    }
  };

  return inObject(properties, resource.properties, '');
}
