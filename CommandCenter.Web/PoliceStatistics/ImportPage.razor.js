// Sends a file of statistics to POST /api/v1/statistics/file: first to be looked at only, then to be taken. The file is sent again
// rather than kept on the server in between: what is taken is held against the store of that moment.
import { element, problem, upload } from '../shell/upload.js';

const page = document.getElementById('import-page');
const text = JSON.parse(page.dataset.texts);
const form = document.getElementById('import-form');
const [cancel, progress, state, mapping, origin, whole, columns, again, report, counts, tables, meant, take] =
  ['cancel', 'progress', 'state', 'mapping', 'origin', 'whole', 'columns', 'again', 'report', 'counts', 'tables', 'meant', 'take'].map(id => document.getElementById(`import-${id}`));
const seriesOptions = document.getElementById('series-options');
const english = document.documentElement.lang === 'en';
const largest = 64 * 1024 * 1024;
const roles = ['ignored', 'area', 'date', 'term', 'value', 'total'];
const say = (name, ...values) => text[name].replace(/\{(\d)\}/g, (_, i) => values[i]);
const number = value => value.toLocaleString(english ? 'en' : 'zh-CN', { maximumFractionDigits: 4 });
const megabytes = bytes => (bytes / 1e6).toFixed(1);
let layout; // how the file on the screen is read; null until it was looked at

function tell(kind, message, focus) {
  state.dataset.kind = kind;
  state.textContent = message;
  if (focus) state.focus();
}

function busy(isBusy) {
  for (const control of [...form.elements, ...mapping.querySelectorAll('select, input, button')]) control.disabled = isBusy && control !== cancel;
  cancel.hidden = progress.hidden = !isBusy;
  progress.removeAttribute('value');
}

// What the report says no longer holds once something is changed.
function stale() {
  report.hidden = true;
  tell('', '');
}

async function send(dryRun) {
  // Before it is busy: what is disabled is not part of a form.
  const body = new FormData(form);
  body.delete('__RequestVerificationToken');
  if (layout) body.append('layout', JSON.stringify(layout));
  busy(true);
  const query = new URLSearchParams({ dryRun, acceptSuspicious: meant.querySelector('input').checked, culture: english ? 'en' : 'zh-CN' });
  const answer = await upload({
    method: 'POST', address: `/api/v1/statistics/file?${query}`, body, cancel,
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
    sending: (loaded, total) => {
      progress.value = loaded / total;
      tell('', say('Sending', megabytes(loaded), megabytes(total)));
    },
    sent: () => {
      progress.removeAttribute('value');
      tell('', text[dryRun ? 'Checking' : 'Storing']);
    },
  });
  busy(false);
  return answer;
}

function list(title, rows, total, ...cells) {
  if (total === 0) return;
  tables.append(element('h3', `${text[title]} ${number(total)}`));
  if (rows.length < total) tables.append(element('p', say('More', rows.length, number(total)), 'muted'));
  const frame = element('div', undefined, 'list');
  Object.assign(frame, { tabIndex: 0, role: 'region', ariaLabel: text[title] });
  const made = element('table');
  const head = made.createTHead().insertRow();
  for (const [name, , kind] of cells) head.append(Object.assign(element('th', text[name], kind), { scope: 'col' }));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const [, value, kind] of cells) line.append(element('td', value(row), kind));
  }
  frame.append(made);
  tables.append(frame);
}

function option(value, label, isChosen) {
  return Object.assign(element('option', label), { value, selected: isChosen });
}

// The first rows of the file, and above each column what it holds.
function showMapping({ head, layout: read, layoutFrom }) {
  layout = read;
  mapping.hidden = false;
  origin.textContent = text[`Origin_${layoutFrom}`];
  const field = name => whole.querySelector(`[name=${name}]`);
  field('headingRow').replaceChildren(...head.slice(0, 10).map((row, i) => option(i, `${i + 1}: ${row.filter(Boolean).join('  ').slice(0, 24)}`, i === read.headingRow)));
  for (const name of ['series', 'area', 'date', 'year']) field(name).value = read[name] ?? '';
  for (const name of ['datesAreMonths', 'missingIsZero']) field(name).checked = read[name];
  const made = element('table');
  const top = made.createTHead();
  const [use, more] = [top.insertRow(), top.insertRow()];
  for (const column of read.columns) {
    const name = head[read.headingRow]?.[column.index] || say('Column', column.index + 1);
    const role = Object.assign(element('select'), { ariaLabel: `${name}: ${text.Role}` });
    role.append(...roles.map(one => option(one, text[`Role_${one}`], one === column.role)));
    const series = element('select');
    Object.assign(series, { ariaLabel: `${name}: ${text.Series}` });
    series.append(seriesOptions.content.cloneNode(true));
    series.value = column.series ?? '';
    const date = Object.assign(element('input'), { type: 'text', value: column.date ?? '', placeholder: text.ByTable, maxLength: 10, autocomplete: 'off', ariaLabel: `${name}: ${text.Date}` });
    const details = element('td');
    details.append(series, date);
    const seen = () => { series.hidden = date.hidden = role.value !== 'value'; };
    role.onchange = () => { column.role = role.value; seen(); stale(); };
    series.onchange = () => { column.series = series.value || null; stale(); };
    date.onchange = () => { column.date = date.value.trim() || null; stale(); };
    seen();
    use.append(element('td'));
    use.lastChild.append(role);
    more.append(details);
  }
  const body = made.createTBody();
  head.forEach((row, i) => {
    const line = body.insertRow();
    line.className = i === read.headingRow ? 'heading' : i < read.headingRow ? 'above' : '';
    for (const column of read.columns) line.append(element('td', row[column.index] ?? '', /^-?[\d.,]+$/.test(row[column.index] ?? '') ? 'number' : ''));
  });
  columns.replaceChildren(made);
}

whole.addEventListener('change', ({ target }) => {
  layout[target.name] = target.type === 'checkbox' ? target.checked
    : target.name === 'headingRow' ? Number(target.value)
      : target.name === 'year' ? (/^\d{4}$/.test(target.value) ? Number(target.value) : null)
        : target.value.trim() || null;
  stale();
});

function showReport({ errors, errorCount, figures, changes }) {
  report.hidden = false;
  tables.replaceChildren();
  counts.replaceChildren(...(figures ? [['Cells', figures.figures], ['New', figures.new], ['Changed', figures.changed], ['Same', figures.same], ['Superseded', figures.superseded]] : []).map(([name, value]) => {
    const pair = element('div');
    pair.append(element('dt', text[name]), element('dd', number(value)));
    return pair;
  }));
  const place = row => row.row ? say('Place', row.row, row.column) : [row.area, row.day].filter(Boolean).join(' ');
  list('Errors', errors, errorCount, ['Where', place], ['What', row => row.message]);
  if (figures) list('Suspicious', figures.suspicious, figures.suspiciousCount, ['Where', place], ['What', row => row.message]);
  list('Changes', changes, figures?.changed ?? 0, ['Area', row => row.areaName], ['Series', row => row.seriesName], ['When', row => row.isMonth ? row.day.slice(0, 7) : row.day],
    ['Before', row => number(row.before), 'number'], ['After', row => number(row.after), 'number']);
}

const isSuspicious = figures => figures?.suspicious.some(one => one.kind !== 'Superseded') ?? false;

async function look() {
  report.hidden = true;
  meant.querySelector('input').checked = false;
  const [file] = form.elements.file.files;
  if (!file) return tell('bad', text.NoFile);
  if (file.size > largest) return tell('bad', text.TooLarge);
  const { status, body } = await send(true);
  if (status === -1) return tell('', text.Canceled, true);
  if (!body?.layout) {
    mapping.hidden = true;
    return tell('bad', problem(body) || text.Failed, true);
  }
  showMapping(body);
  showReport(body);
  const suspicious = isSuspicious(body.figures);
  meant.hidden = !suspicious;
  take.hidden = !body.figures;
  take.disabled = suspicious;
  if (!body.figures) return tell('bad', say('Refused', number(body.errorCount)), true);
  tell(suspicious ? 'odd' : 'good', suspicious ? say('CanTakeOdd', number(body.figures.figures), number(body.figures.suspiciousCount)) : say('CanTake', number(body.figures.figures)), true);
}

form.addEventListener('submit', event => {
  event.preventDefault();
  look();
});
again.addEventListener('click', look);
form.elements.file.addEventListener('change', () => {
  layout = null;
  mapping.hidden = true;
  stale();
});
form.elements.asOf.addEventListener('change', stale);
meant.addEventListener('change', ({ target }) => { take.disabled = !target.checked; });

take.addEventListener('click', async () => {
  take.hidden = true;
  const { status, body } = await send(false);
  if (status === -1 || status === 0) return tell('bad', text.FailedTaking, true);
  if (body?.version) {
    location.assign(`/statistics/import?taken=${body.version}`);
    return;
  }
  if (body?.layout) showReport(body);
  tell('bad', body?.layout ? say('Refused', number(body.errorCount)) : problem(body) || text.FailedTaking, true);
});
