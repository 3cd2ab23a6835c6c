import { atLeast, attributeRule, oneOf } from '../attributes';

export const sqlInsights = attributeRule({
  id: 'TL-SQL-014',
  title: 'Nobody sees which queries are slow',
  severity: 'warning',
  why: 'Query Insights costs nothing and answers that question',
  fix: 'enable insights_config with tags and client addresses',
  see: 'https://cloud.google.com/sql/docs/postgres/using-query-insights',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.insights_config.query_insights_enabled': oneOf(true),
    'settings.insights_config.record_application_tags': oneOf(true),
    'settings.insights_config.record_client_address': oneOf(true),
    'settings.insights_config.query_plans_per_minute': atLeast(1),
    'settings.insights_config.query_string_length': atLeast(256),
  },
});
