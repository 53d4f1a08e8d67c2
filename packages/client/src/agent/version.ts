/** Version of the agent, told by `/status` and to the page that opened it. The same as the package's. */
export const agentVersion = '0.1.0';
