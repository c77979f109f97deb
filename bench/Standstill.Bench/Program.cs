using Standstill.Bench;

return args switch
{
    [] => await Measurements.RunAsync(readme: null),
    ["--write", var readme] => await Measurements.RunAsync(readme),
    ["make", var directory, var entries] => Measurements.Make(directory, int.Parse(entries)),
    ["draws", var runs, var count] => CapabilityDraws.Run(runs, int.Parse(count)),
    ["pacts", var parties] => PactSolving.Run(int.Parse(parties)),
    ["unlocking", var parties] => Unlocking.Run(int.Parse(parties)),
    ["balances", var areas] => BalanceYears.Run(int.Parse(areas)),
    ["balance-alarms", var years, var periodsPerYear] => BalanceAlarms.Run(int.Parse(years), int.Parse(periodsPerYear)),
    ["facility-years", "limits"] => FacilityYears.Limits(),
    ["facility-years", var years] => FacilityYears.Run(int.Parse(years)),
    ["strategies", var flop, var days, var draws] => FacilityYears.Table(double.Parse(flop), int.Parse(days), int.Parse(draws)),
    ["live", var areas, var days] => await LivePosting.RunAsync(int.Parse(areas), int.Parse(days), null),
    ["live", var areas, var days, var connection] => await LivePosting.RunAsync(int.Parse(areas), int.Parse(days), connection),
    ["echo", var address] => await EchoServer.RunAsync(address),
    _ => Measurements.Usage(),
};
