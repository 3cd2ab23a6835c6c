import { attributeRule, type Expectation, said } from '../attributes';
import { textsOf } from '../tree';

const byNumber: Expectation = {
  wanted: 'projects/NUMBER',
  accepts: (value) => {
    const projects = textsOf(value);
    return projects.length > 0 && projects.every((project) => /^projects\/(\d+|\$\{.*\})$/.test(project));
  },
};

export const budgetScope = attributeRule({
  id: 'TL-BUD-003',
  title: 'A budget is about something else',
  severity: 'error',
  why: 'Without a project it counts the whole account, and with the id of one its plan never settles',
  fix: 'name the project by its number, and the amount',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/billing_budget#projects',
  types: ['google_billing_budget'],
  expects: { 'budget_filter.projects': byNumber, amount: said },
});
