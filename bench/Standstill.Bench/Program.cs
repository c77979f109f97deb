using Standstill.Bench;

return args switch
{
    [] => await Measurements.RunAsync(readme: null),
    ["--write", var readme] => await Measurements.RunAsync(readme),
    ["make", var directory, var entries] => Measurements.Make(directory, int.Parse(entries)),
    ["draws", var runs, var count] => CapabilityDraws.Run(runs, int.Parse(count)),
    ["echo", var address] => await EchoServer.RunAsync(address),
    _ => Measurements.Usage(),
};
