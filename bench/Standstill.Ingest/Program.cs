using Standstill.Ingest;

return args switch
{
    ["run", var file] => await MeterProcess.RunAsync(file),
    ["seal", var file] => await MeterProcess.SealAsync(file),
    ["measure", var millions] => await Measurement.RunAsync(double.Parse(millions)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("run METER.JSON | seal METER.JSON | measure MILLIONS");
    return 2;
}
