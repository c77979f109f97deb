using System.Diagnostics;

namespace Standstill.Node.Tests.Notices;

/// <summary>Programs of others, in Python: Debian's python3-icalendar and python3-aiosmtpd.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs a script of the test data over an input, and gives what it wrote.</summary>
    public static async Task<string> RunAsync(string script, string module, byte[] input)
    {
        using var process = Start(script, module);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }

    /// <summary>Starts a script of the test data.</summary>
    public static Process Start(string script, string module, params string[] arguments)
    {
        var packages = "/usr/lib/python3/dist-packages/" + module;
        Assert.SkipUnless(File.Exists(Interpreter) && Directory.Exists(packages), $"python3-{module} is not installed; `apt-get install python3-{module}`");
        return Process.Start(new ProcessStartInfo(Interpreter, [Path.Combine(AppContext.BaseDirectory, "testdata", script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
