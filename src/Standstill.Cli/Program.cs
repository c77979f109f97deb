using System.Globalization;
using Standstill.Cli;

// The program is built without cultures, but an environment variable of the runtime brings them back.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync(args);
