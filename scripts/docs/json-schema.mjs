// The JSON Schema of platform.yaml, from the same schemas that check it.

/** The reader of an editor needs the sentence, not the regular expression. */
function addSentences({ zodSchema, jsonSchema }) {
  const sentences = (zodSchema._zod.def.checks ?? []).flatMap((check) => {
    const { check: kind, error } = check._zod?.def ?? check.def ?? {};
    return kind === 'string_format' && typeof error === 'function' ? [error({ input: '' })] : [];
  });
  if (sentences.length > 0) jsonSchema.patternErrorMessage = sentences.join('; ');
  // zod leaves a default out where the value is transformed, although an empty map is the same before and after.
  if (zodSchema._zod.def.type === 'default')
    jsonSchema.default ??= structuredClone(zodSchema._zod.def.defaultValue);
  // Bounds that only say that a number can be held.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

/** A zod schema as JSON Schema. Draft 7 is what the YAML servers of editors read. */
export function toJsonSchema(z, schema) {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: addSentences,
  });
  return rest;
}

/** What an environment may say: any part of a map, and null for what it removes; lists replace as a whole. */
function overlayOf(schema) {
  const { required, default: _, ...rest } = schema;
  const orNull = (inner) => ({ anyOf: [overlayOf(inner), { type: 'null' }] });
  return {
    ...rest,
    ...(rest.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(rest.properties).map(([key, value]) => [key, orNull(value)]),
          ),
        }),
    ...(typeof rest.additionalProperties === 'object'
      ? { additionalProperties: orNull(rest.additionalProperties) }
      : {}),
  };
}

export function renderJsonSchema({ z, platformSchema, environmentName }, marker) {
  const platform = toJsonSchema(z, platformSchema);
  const { google, ...properties } = platform.properties;
  const { required: ofGoogle, ...openGoogle } = google;
  const schema = {
    $comment: marker,
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tapline platform',
    description: 'The configuration of a data platform on Google Cloud: platform.yaml.',
    type: 'object',
    properties: {
      ...Object.fromEntries(
        Object.keys(platform.properties).map((key) => [key, key === 'google' ? openGoogle : properties[key]]),
      ),
      environments: {
        description:
          'Environments by name: what differs from the rest of the file. Maps merge, lists and single values replace, null removes.',
        type: 'object',
        minProperties: 1,
        propertyNames: toJsonSchema(z, environmentName),
        additionalProperties: { anyOf: [{ $ref: '#/definitions/environment' }, { type: 'null' }] },
      },
    },
    additionalProperties: false,
    // What every environment says for itself need not stand outside of them.
    if: { required: ['environments'] },
    else: { required: platform.required, properties: { google: { required: ofGoogle } } },
    definitions: {
      environment: { ...overlayOf(platform), description: 'What differs in this environment.' },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
