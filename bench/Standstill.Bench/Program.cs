using Standstill.Bench;

return args switch
{
    [] => await Measurements.RunAsync(readme: null),
    ["--write", var readme] => await Measurements.RunAsync(readme),
    ["make", var directory, var entries] => Measurements.Make(directory, int.Parse(entries)),
    ["draws", var runs, var count] => CapabilityDraws.Run(runs, int.Parse(count)),
    ["pacts", var parties] => PactSolving.Run(int.Parse(parties)),
    ["unlocking", var parties] => Unlocking.Run(int.Parse(parties)),
    ["echo", var address] => await EchoServer.RunAsync(address),
    _ => Measurements.Usage(),
};
