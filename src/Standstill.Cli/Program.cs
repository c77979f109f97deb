using Standstill.Cli;

return await CommandLine.RunAsync(args);
