// Stands in for Office.js: an Excel that says what the test wants, in `window.stub`, and never answers a batch.
const stub = {
  language: 'en-US',
  sets: true,
  log: [],
  actions: {},
  ready: null,
  ...JSON.parse(window.name || '{}'),
};
window.stub = stub;
window.CustomFunctions = {
  associate: (id) => stub.log.push(`function ${id}`),
  Error: class extends Error {},
  ErrorCode: {},
};
window.Excel = {
  run: () => {
    stub.log.push('batch');
    return new Promise(() => {});
  },
  createWorkbook: () => new Promise(() => {}),
};
window.Office = {
  HostType: { Excel: 'Excel' },
  VisibilityMode: { hidden: 'Hidden', taskpane: 'Taskpane' },
  FileType: { Compressed: 'compressed' },
  context: {
    displayLanguage: stub.language,
    officeTheme: { isDarkTheme: false },
    document: { url: 'https://example.com/pay.xlsx' },
    requirements: { isSetSupported: (name) => stub.sets || name !== 'ExcelApi' },
  },
  onReady: () => {
    stub.log.push('onReady');
    return new Promise((resolve) => setTimeout(() => resolve({ host: 'Excel', platform: 'PC' }), 50));
  },
  actions: {
    associate: (name, action) => {
      stub.log.push(`action ${name}`);
      stub.actions[name] = action;
    },
  },
  addin: {
    showAsTaskpane: async () => {
      stub.log.push('shown');
    },
    onVisibilityModeChanged: async () => async () => {},
  },
};
