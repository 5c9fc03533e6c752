/** Shows what statements gave. */
import { element } from './elements.js';

export function show({ commands, results, error }) {
  const shown = results.map(shownResult).filter((part) => part !== null);
  if (commands.length > 0) {
    shown.unshift(note(`${commands.join(', ')}: for the sqlite3 shell; this page needs none of it.`));
  }
  if (error !== null) {
    shown.push(failure(results.length > 0 ? `Statement ${results.length + 1}: ${error}` : error));
  } else if (shown.length === 0) {
    shown.push(note('Done.'));
  }
  return shown;
}

export function failure(message) {
  return element('p', 'error', message);
}

/** A result as a table that scrolls sideways; null for a statement that gives none. */
function shownResult({ columns, rows, more }) {
  if (columns.length === 0) {
    return null;
  }
  const result = element('div', 'result', tableOf(columns, rows));
  result.tabIndex = 0;
  result.role = 'group';
  result.ariaLabel = 'Result';
  if (rows.length === 0) {
    result.append(note('No rows.'));
  } else if (more > 0) {
    result.append(note(`And ${more} more rows.`));
  }
  return result;
}

export function tableOf(columns, rows) {
  const head = element('tr', '', ...columns.map(heading));
  const body = rows.map((row) => element('tr', '', ...row.map(({ type, text }) => element('td', type, text))));
  return element('table', '', element('thead', '', head), element('tbody', '', ...body));
}

function heading(name) {
  const cell = element('th', '', name);
  cell.scope = 'col';
  return cell;
}

function note(text) {
  return element('p', 'note', text);
}
