import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readFile } from '../project/imports.ts';
import { functionsIn, readTemplate } from './cloudformation.ts';
import { problemsWith } from './resource-specification.ts';

const FILE = 'deploy/cloudformation.yml';
const template = readTemplate(FILE);
const { Parameters, Resources, Conditions, Outputs } = template;

const PSEUDO = ['AWS::AccountId', 'AWS::NoValue', 'AWS::Partition', 'AWS::Region', 'AWS::StackName'];
const names = [...Object.keys(Parameters), ...Object.keys(Resources), ...PSEUDO];
const used = functionsIn(template);

/** The names in `${…}` of an `Fn::Sub`. */
const substituted = (text: unknown): string[] =>
  [...String(text).matchAll(/\$\{([^!}]+)\}/g)].map(([, name = '']) => name);

test('every Ref and Sub names something that is there', () => {
  const referred = used.flatMap(({ name, argument }) => {
    if (name === 'Ref') return [String(argument)];
    return name === 'Fn::Sub' ? substituted(argument) : [];
  });
  expect(referred.length).toBeGreaterThan(20);
  expect(referred.filter((name) => !names.includes(name))).toEqual([]);
});

test('every parameter and every condition is used', () => {
  const referred = used.flatMap(({ name, argument }) =>
    name === 'Fn::Sub' ? substituted(argument) : [argument].flat().slice(0, 1).map(String),
  );
  const unused = [...Object.keys(Parameters), ...Object.keys(Conditions)].filter(
    (name) => !referred.includes(name),
  );
  expect(unused).toEqual([]);
});

test('every GetAtt asks for an attribute that its resource has', async () => {
  const database = await loadAwsServiceSpec();
  for (const { argument } of used.filter(({ name }) => name === 'Fn::GetAtt')) {
    const [resource = '', attribute = ''] = z.array(z.string()).parse(argument);
    const [found] = database.lookup(
      'resource',
      'cloudFormationType',
      'equals',
      Resources[resource]?.Type ?? '',
    );
    expect(Object.keys(found?.attributes ?? {}), resource).toContain(attribute);
  }
});

test("every resource has the properties that AWS's resource specification has, of its types, and what it requires", async () => {
  const database = await loadAwsServiceSpec();
  const problems = Object.entries(Resources).flatMap(([name, { Type, Properties }]) =>
    problemsWith(database, Type, Properties).map((problem) => `${name}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

test('that check finds a property that is not there, a wrong type, and one that is missing', async () => {
  const database = await loadAwsServiceSpec();
  expect(problemsWith(database, 'AWS::SQS::Queue', { Visibility: 1 })).toEqual(['Visibility is not known']);
  expect(problemsWith(database, 'AWS::SQS::Queue', { VisibilityTimeout: 'long' })).toEqual([
    'VisibilityTimeout is no integer',
  ]);
  expect(problemsWith(database, 'AWS::IAM::Role', {})).toEqual(['AssumeRolePolicyDocument is missing']);
  expect(
    problemsWith(database, 'AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: 'b', Deadletter: 1 }] }),
  ).toEqual(['Targets.0.Deadletter is not known']);
});

/** Settings that a stack has no use for: it is in Socket Mode, on PostgreSQL, in one region, and signs in by its role. */
const NOT_OF_A_STACK = [
  'SLACK_SIGNING_SECRET',
  'PORT',
  'HOST',
  'OPS_PORT',
  'SLACK_API_URL',
  'PARTNER_CENTRAL_REGION',
  'AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING',
  'AWS_ENDPOINT_URL_STS',
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'SUBMITS_PER_SECOND',
  'FAILOVER_WAIT_MINUTES',
  'DATA_DIR',
  'LOG_LEVEL',
  'LOG_FORMAT',
];

const statements = z
  .object({ PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }) })
  .array();

test('the task role may do what deploy/iam allows, in the catalog that was chosen', () => {
  const [partnerCentral] = statements.parse(Resources.TaskRole?.Properties.Policies);
  for (const [file, catalog] of [
    ['deploy/iam/sandbox.json', 'Sandbox'],
    ['deploy/iam/production.json', 'AWS'],
  ] as const) {
    const given = new Map([
      ['AWS::Partition', 'aws'],
      ['AWS::AccountId', '123456789012'],
      ['Catalog', catalog],
    ]);
    const filledIn = JSON.stringify(partnerCentral?.PolicyDocument.Statement)
      .replaceAll(/\{"Ref":"(\w+)"\}/g, (_, name: string) => JSON.stringify(given.get(name)))
      .replaceAll(/\{"Fn::Sub":("[^"]+")\}/g, '$1')
      .replaceAll(/\$\{([\w:]+)\}/g, (_, name: string) => given.get(name) ?? name);
    expect(JSON.parse(filledIn)).toEqual(JSON.parse(readFile(file)).Statement);
  }
});

test('the container is given settings that the bot knows, and the secret ones as secrets', () => {
  const container = z
    .array(
      z.object({
        ReadonlyRootFilesystem: z.literal(true),
        Environment: z.array(z.unknown()),
        Secrets: z.array(z.object({ Name: z.string() })),
      }),
    )
    .length(1)
    .parse(Resources.Task?.Properties.ContainerDefinitions)[0];
  const plain = [...JSON.stringify(container?.Environment).matchAll(/"Name":"([A-Z_]+)"/g)].map(
    ([, name = '']) => name,
  );
  const secret = (container?.Secrets ?? []).map(({ Name }) => Name);
  const known = [...readFile('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name = '']) => name);
  expect([...plain, ...secret].filter((name) => !known.includes(name))).toEqual([]);
  expect(known.filter((name) => ![...plain, ...secret, ...NOT_OF_A_STACK].includes(name))).toEqual([]);
  expect(secret.sort()).toEqual(['DATABASE_URL', 'SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN']);
  // What isn't echoed when the stack is made must not stand in the template's outputs or environment either.
  const noEcho = Object.entries(Parameters).flatMap(([name, { NoEcho }]) => (NoEcho === true ? [name] : []));
  expect(noEcho).toHaveLength(3);
  const shown = JSON.stringify([container?.Environment, Outputs]);
  expect(noEcho.filter((name) => shown.includes(name))).toEqual([]);
});

const properties = (name: string) => Resources[name]?.Properties ?? {};

test('a bot that is gone raises an alarm: a task gives a sample a minute, and no sample is too few', () => {
  expect(properties('GoneAlarm')).toMatchObject({
    Namespace: 'AWS/ECS',
    Statistic: 'SampleCount',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    Dimensions: [
      { Name: 'ClusterName', Value: { Ref: 'Cluster' } },
      { Name: 'ServiceName', Value: { 'Fn::GetAtt': ['Service', 'Name'] } },
    ],
  });
  const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  for (const { Properties } of alarms) {
    expect(Properties.AlarmActions).toEqual({
      'Fn::If': ['HasAlarmTopic', [{ Ref: 'AlarmTopicArn' }], { Ref: 'AWS::NoValue' }],
    });
  }
});

test('a start that fails raises the alarm of errors, though it writes no JSON; what is well does not', () => {
  const [metric] = z
    .array(z.object({ MetricName: z.unknown() }))
    .parse(properties('PlainText').MetricTransformations);
  expect(metric?.MetricName).toEqual(properties('ErrorsAlarm').MetricName);
  const [, text = ''] = /^%(.+)%$/.exec(String(properties('PlainText').FilterPattern)) ?? [];
  const pattern = new RegExp(text);
  expect("The bot can't start: some settings are missing or wrong.").toMatch(pattern);
  expect('TypeError: x is not a function\n    at main.ts:3').toMatch(pattern);
  expect('{"level":30,"msg":"the bot is running"}').not.toMatch(pattern);
  expect('(node:1) Warning: something is deprecated').not.toMatch(pattern);
});

test('the bot reaches HTTPS and its database, and nothing else', () => {
  expect(properties('SecurityGroup').SecurityGroupEgress).toEqual([
    expect.objectContaining({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
    {
      IpProtocol: 'tcp',
      FromPort: 5432,
      ToPort: 5432,
      DestinationSecurityGroupId: { Ref: 'DatabaseSecurityGroupId' },
      Description: 'the database',
    },
  ]);
  expect(properties('SecurityGroup')).not.toHaveProperty('SecurityGroupIngress');
});

/** CloudFormation's patterns have to match the whole value, as these are written to. */
const accepts = (parameter: string, value: string): boolean =>
  new RegExp(String(Parameters[parameter]?.AllowedPattern)).test(value);

test('the database is reached by TLS only, its certificate checked', () => {
  expect(accepts('DatabaseUrl', 'postgres://bot:x@db.example:5432/bot?sslmode=verify-full')).toBe(true);
  expect(
    accepts('DatabaseUrl', 'postgres://bot:x@db.example/bot?a=b&sslmode=verify-full&sslrootcert=/rds.pem'),
  ).toBe(true);
  for (const url of [
    'postgres://bot:x@db.example:5432/bot',
    'postgres://bot:x@db.example:5432/bot?sslmode=disable',
    'postgres://bot:x@db.example:5432/bot?sslmode=verify-fully',
  ]) {
    expect(accepts('DatabaseUrl', url), url).toBe(false);
  }
});

test('the image is named by its digest or a version', () => {
  const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/bot';
  expect(accepts('Image', `${image}@sha256:${'0a'.repeat(32)}`)).toBe(true);
  expect(accepts('Image', `${image}:0.1.0`)).toBe(true);
  for (const open of [image, `${image}:latest`]) expect(accepts('Image', open), open).toBe(false);
});
