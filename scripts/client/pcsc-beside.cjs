// In the single executable: the PC/SC addon lies beside it, for an addon cannot be loaded out of an executable.
const { createRequire } = require('node:module');

module.exports = createRequire(process.execPath)('./pcsc.node');
