// <cc-chart>: the one caller of ApexCharts.
const token = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

let library;
const apexcharts = () => library ??= import('../lib/apexcharts/apexcharts.esm.js').then(module => module.default);

class Chart extends HTMLElement {
  static observedAttributes = ['data-chart'];

  connectedCallback() {
    this.draw();
    this.observer = new ResizeObserver(() => { if (this.drawnFor && this.drawnFor !== this.fit()) this.redraw(); });
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.chart?.destroy();
    this.chart = null;
  }

  attributeChangedCallback(_, before) {
    if (!this.chart || before === null) return;
    const { steps, series } = JSON.parse(this.dataset.chart);
    const same = JSON.stringify(steps) === this.steps;
    if (!same || series.length !== this.series) return this.redraw();
    this.chart.updateSeries(data(series), !calm);
  }

  fit() { return `${this.clientWidth}x${this.clientHeight}`; }

  redraw() {
    clearTimeout(this.later);
    this.later = setTimeout(() => {
      this.chart?.destroy();
      this.chart = null;
      this.draw();
    }, 100);
  }

  async draw() {
    const ApexCharts = await apexcharts();
    if (!this.isConnected || this.chart) return;
    const { steps, series } = JSON.parse(this.dataset.chart);
    this.steps = JSON.stringify(steps);
    this.series = series.length;
    this.drawnFor = this.fit();
    // Out of sight there is nothing to draw, and no room to measure; it is drawn when it comes into sight.
    if (this.clientWidth === 0) {
      this.dataset.ready = 'true';
      return;
    }
    this.chart = new ApexCharts(this, options(steps, series, this));
    await this.chart.render();
    this.dataset.ready = 'true';
  }
}

const data = series => series.map(({ name, kind, values }) => ({ name, type: kind, data: values }));

function options(steps, series, element) {
  const text = parseFloat(getComputedStyle(document.documentElement).fontSize);
  // ApexCharts keeps fixed room for texts of 12 px; a wall's are 16 and more, so the offsets grow with them.
  const style = { colors: token('muted'), fontSize: `${text}px`, fontFamily: 'inherit' };
  return {
    chart: {
      type: 'line', height: element.clientHeight, width: '100%', stacked: false, background: 'transparent', foreColor: token('muted'),
      nonce: document.querySelector('meta[name=style-nonce]').content,
      toolbar: { show: false }, zoom: { enabled: false }, selection: { enabled: false }, redrawOnParentResize: false, redrawOnWindowResize: false,
      animations: { enabled: false, dynamicAnimation: { enabled: !calm, speed: 300 } },
      parentHeightOffset: 0,
    },
    theme: { mode: 'dark' },
    series: data(series),
    colors: series.map(({ colour }) => token(colour)),
    stroke: { width: series.map(({ kind }) => kind === 'line' ? text / 7 : 0), curve: 'straight' },
    fill: { opacity: 1, type: 'solid' },
    plotOptions: { bar: { columnWidth: '62%', borderRadius: 0 } },
    dataLabels: { enabled: false },
    markers: { size: 0 },
    legend: { show: false },
    tooltip: { enabled: false },
    states: { hover: { filter: { type: 'none' } }, active: { filter: { type: 'none' } } },
    grid: { borderColor: token('line'), padding: { left: text / 2, right: 0, top: text / 2 - 24, bottom: (text - 24) / 2 }, xaxis: { lines: { show: false } } },
    xaxis: {
      categories: steps, tickAmount: undefined, axisBorder: { color: token('line') }, axisTicks: { show: false }, tooltip: { enabled: false },
      crosshairs: { show: false },
      // Every fourth step, counted from the last: the last is now.
      labels: { style, rotate: 0, hideOverlappingLabels: false, formatter: undefined, offsetY: 0.7 * (text - 16) - 2 },
      overwriteCategories: steps.map((step, i) => (steps.length - 1 - i) % 4 === 0 ? step : ''),
    },
    yaxis: { min: 0, forceNiceScale: true, tickAmount: 3, labels: { style, formatter: value => `${Math.round(value)}`, offsetX: -text / 2 } },
  };
}

customElements.define('cc-chart', Chart);
