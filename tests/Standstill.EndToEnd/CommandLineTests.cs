using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Standstill.Ledger;

namespace Standstill.EndToEnd;

/// <summary>The command as a person or a shell script uses it.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private RunningNode node = null!;

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(ScriptsDirectory, "*.txt").Order(StringComparer.Ordinal).Select(f => Path.GetFileNameWithoutExtension(f)!)];

    public static TheoryData<string> Commands =>
    [
        "up", "demo", "keygen", "sign", "submit", "receipt verify", "audit", "world", "trigger check", "confidential seal", "confidential check", "types", "completions",
        "pact open", "pact commit", "pact ready", "pact solve", "pact explain", "pact what-if", "pact simulate", "pact timeline", "pact counsel",
        "pact trustee-key", "pact round", "pact seal", "pact unseal share", "pact unseal trial",
        "capability fit", "capability trend", "capability forecast", "capability multiverse", "capability backtest", "capability compare", "capability index",
        "compute balance", "compute plan sample", "compute plan strata", "compute plan levels", "compute plan snapshots", "compute simulate", "compute assurance",
        "compute reconcile runs", "compute reconcile world", "compute reconcile ledger", "compute challenge", "compute accelerators",
        "compute serials commit", "compute serials show", "compute serials check", "compute rentals salt", "compute rentals commit", "compute rentals match",
    ];

    private static string ScriptsDirectory => Path.Combine(AppContext.BaseDirectory, "testdata", "scripts");

    public async ValueTask InitializeAsync() => node = await RunningNode.UpAsync(directory.At("data"));

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_session_at_the_terminal_goes_as_it_is_written_down(string script)
    {
        using var other = NoteSigner.Generate("standstill.example/registry");
        using var stranger = new Stranger();
        var charter = JsonElement.Parse(await node.Http.GetStringAsync("api/world/charter"));
        var digest = JsonElement.Parse(await node.Http.GetStringAsync("api/world/digest"));
        Directory.CreateDirectory(directory.At("here"));
        await Script.RunAsync(Path.Combine(ScriptsDirectory, script + ".txt"), directory.At("here"), new()
        {
            ["node"] = node.Address.ToString().TrimEnd('/'),
            ["registry"] = digest.GetProperty("registry").GetString()!,
            ["logkey"] = charter.GetProperty("log").GetString()!,
            ["otherkey"] = other.VerifierKey.ToString(),
            ["enrolmentelsewhere"] = Protocol.Digest.Of("elsewhere"u8).Hex,
            ["stranger"] = stranger.Address.ToString().TrimEnd('/'),
            ["taken"] = node.Address.ToString().TrimEnd('/'),
            ["free"] = Built.FreeAddress().ToString(),
            ["data"] = node.Data,
        });
        Assert.True(node.Runs);
        Assert.Equal("", node.Errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_shows_an_example_that_begins_with_the_command(string command)
    {
        var help = await Command.RunAsync(command + " --help");
        Assert.Equal((0, ""), (help.Status, help.Errors));
        Assert.Contains("standstill " + command, help.Output[help.Output.IndexOf("Example", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_names_every_command_on_a_line_that_fits_a_terminal()
    {
        var help = await Command.RunAsync("--help");
        Assert.Equal((0, ""), (help.Status, help.Errors));
        var lines = help.Output.Split('\n');
        Assert.All(Commands, c => Assert.Contains(lines, l => l.StartsWith("  " + ((string)c.Data).Split(' ')[0] + " ", StringComparison.Ordinal)));
        Assert.All(lines, l => Assert.True(l.Length <= 140, l));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("receipt")]
    [InlineData("audit")]
    [InlineData("audit a b")]
    [InlineData("audit --nonsense x")]
    [InlineData("world x --size many")]
    [InlineData("sign heartbeat")]
    public async Task A_command_line_that_cannot_be_read_has_exit_status_2_and_says_why_on_standard_error(string line)
    {
        var refused = await Command.RunAsync(line);
        Assert.Equal(2, refused.Status);
        Assert.Equal("", refused.Output);
        Assert.StartsWith("standstill: ", refused.Errors, StringComparison.Ordinal);
        Assert.Matches("\nsee `standstill[a-z ]* --help`\n$", refused.Errors);
    }

    [Fact]
    public async Task Every_type_of_statement_describes_its_fields_as_json()
    {
        var types = (await Command.RunAsync("types --json")).Json;
        Assert.Equal(58, types.GetArrayLength());
        foreach (var type in types.EnumerateArray())
        {
            var name = type.GetProperty("type").GetString()!;
            Assert.Equal(name.EndsWith("-v2", StringComparison.Ordinal) ? $"urn:standstill:{name[..^3]}:v2" : $"urn:standstill:{name}:v1", type.GetProperty("uri").GetString());
            Assert.NotEqual("", type.GetProperty("meaning").GetString());
            Assert.All(type.GetProperty("fields").EnumerateArray(), f => Assert.NotEqual("", f.GetProperty("meaning").GetString()));
        }
    }

    [Theory]
    [InlineData("standstill conf", "confidential")]
    [InlineData("standstill trigger ch", "check")]
    [InlineData("standstill sign party-", "party-enrolled")]
    [InlineData("standstill audit --led", "--ledger-only")]
    public async Task The_bash_script_completes(string typed, string completed)
    {
        var script = (await Command.RunAsync("completions bash")).Output;
        var session = $"""
            standstill() (dotnet '{Built.Program}' "$@")
            {script}
            COMP_LINE='{typed}' COMP_POINT={typed.Length}
            _standstill
            printf '%s\n' "$COMPREPLY"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash") { ArgumentList = { "--norc", "-c", session }, RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(completed + "\n", output);
    }

    [Fact]
    public async Task Key_files_are_for_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are of Unix");
        await Command.RunAsync(["keygen", directory.At("key")]);
        foreach (var file in Directory.GetFiles(Path.Combine(node.Data, "keys")).Append(directory.At("key")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
        }
    }

    /// <summary>A web server that is no node: it answers everything with a page.</summary>
    private sealed class Stranger : IDisposable
    {
        private readonly HttpListener listener = new();

        public Stranger()
        {
            listener.Prefixes.Add(Address.ToString());
            listener.Start();
            _ = AnswerAsync();
        }

        public Uri Address { get; } = Built.FreeAddress();

        public void Dispose() => listener.Close();

        private async Task AnswerAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    context.Response.ContentType = "text/html";
                    context.Response.Close(Encoding.UTF8.GetBytes("<!doctype html><title>hello</title>"), willBlock: true);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
