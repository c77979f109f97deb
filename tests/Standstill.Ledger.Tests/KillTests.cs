using System.Diagnostics;

namespace Standstill.Ledger.Tests;

/// <summary>A real process, killed while it appends.</summary>
public sealed class KillTests
{
    private const string DirectoryVariable = "STANDSTILL_KILL_TEST_DIRECTORY";

    [Fact]
    public async Task A_killed_writer_has_lost_nothing_that_it_acknowledged()
    {
        using var temporary = new TemporaryDirectory();
        using var signer = TestData.Signer();
        for (var round = 1; round <= 3; round++)
        {
            var acknowledged = await AppendUntilKilledAsync(temporary, enough: 40 * round);
            using (var ledger = FileLedger.Open(temporary.Log, signer))
            {
                Assert.True(ledger.Head.Checkpoint.Size >= acknowledged, $"{ledger.Head.Checkpoint.Size} of {acknowledged}");
            }

            var check = await LedgerCheck.CheckDirectoryAsync(temporary.Log, signer.VerifierKey, (first, entries) =>
            {
                Assert.All(entries.Select((entry, i) => (entry, i)), pair =>
                    Assert.True(pair.entry.Span.SequenceEqual(TestData.EntryAt((int)first + pair.i))));
                return ValueTask.CompletedTask;
            });
            Assert.True(check.TryGet(out _, out var fault), fault?.ToString());
        }
    }

    /// <summary>The process that is killed: this test in a child process.</summary>
    [Fact(Explicit = true)]
    public void Append_until_killed()
    {
        var root = Environment.GetEnvironmentVariable(DirectoryVariable);
        Assert.SkipWhen(root is null, "it runs only as the child process of another test");
        using var signer = TestData.Signer();
        using var ledger = FileLedger.Open(Path.Combine(root, "log"), signer);
        for (var batch = 0; batch < 100_000; batch++)
        {
            var head = ledger.Append(TestData.Entries((int)ledger.Head.Checkpoint.Size, 1 + (batch * 7 % 60)));
            File.AppendAllText(Path.Combine(root, "acknowledged"), $"{head.Checkpoint.Size}\n");
        }
    }

    private static async Task<long> AppendUntilKilledAsync(TemporaryDirectory temporary, int enough)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--explicit", "only", "--filter-method", $"{typeof(KillTests).FullName}.{nameof(Append_until_killed)}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Insert(0, typeof(KillTests).Assembly.Location);
        }

        start.Environment[DirectoryVariable] = temporary.Root;
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync();
        var errors = child.StandardError.ReadToEndAsync();
        while (Acknowledged(temporary).Length < enough)
        {
            Assert.False(child.HasExited, "the writer ended by itself");
            await Task.Delay(5);
        }

        child.Kill();
        await child.WaitForExitAsync();
        await Task.WhenAll(output, errors);
        return Acknowledged(temporary)[^1];
    }

    // The last line may have been cut.
    private static long[] Acknowledged(TemporaryDirectory temporary)
    {
        var file = Path.Combine(temporary.Root, "acknowledged");
        return File.Exists(file) ? [.. File.ReadAllText(file).Split('\n')[..^1].Select(long.Parse)] : [];
    }
}
