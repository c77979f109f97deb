using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Standstill.Cli.Demo;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Numerics;
using Standstill.Protocol;
using Standstill.Protocol.Json;
using Standstill.Protocol.Recomputation;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;
using Standstill.Protocol.Triggers;

namespace Standstill.Cli.Tests;

/// <summary>What samples and documents say is what the program does.</summary>
public sealed partial class SamplesTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> GoodTriggers => Files("samples/triggers", "*.trigger");

    public static TheoryData<string> BadTriggers => Files("samples/triggers/bad", "*.trigger");

    public static TheoryData<string> GoodPacts => Files("samples/pacts", "*.json");

    public static TheoryData<string> BadPacts => Files("samples/pacts/bad", "*.json");

    public static TheoryData<string> Charters => Files("samples/charters", "*.json");

    public static TheoryData<string> Types => [.. PredicateType.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(GoodTriggers))]
    public void A_good_trigger_is_accepted(string file) => Assert.Empty(TriggerParser.Parse(Read(file)).Faults);

    [Theory]
    [MemberData(nameof(BadTriggers))]
    public void A_bad_trigger_is_refused_with_the_documented_text(string file) =>
        Assert.Equal(Read(Path.ChangeExtension(file, ".error")).TrimEnd(), string.Join('\n', TriggerParser.Parse(Read(file)).Faults));

    [Theory]
    [MemberData(nameof(GoodPacts))]
    public async Task A_good_pact_is_solved(string file)
    {
        var (status, output, error) = await StandstillAsync("pact", "solve", file);
        Assert.Equal("", error);
        Assert.Equal(output.StartsWith("nobody would be bound", StringComparison.Ordinal) ? 1 : 0, status);
    }

    [Theory]
    [MemberData(nameof(BadPacts))]
    public async Task A_bad_pact_is_refused_with_the_documented_text(string file)
    {
        var (status, _, error) = await StandstillAsync("pact", "solve", file);
        Assert.Equal(2, status);
        Assert.Equal($"standstill: `{file}`: {Read(Path.ChangeExtension(file, ".error")).TrimEnd()}", error.TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Charters))]
    public void A_charter_is_one_once_the_node_has_put_its_log_into_it(string file)
    {
        var charter = JsonNode.Parse(Read(file))!.AsObject();
        Assert.False(charter.ContainsKey("log"));
        charter["log"] = "standstill.example/registry+a62b46a8+AXYiwcKVScN0O6Sd4I9vFL9XZWVw/aMNLNlULA1KgSyE";
        Assert.Empty(Faults("charter", charter.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_has_a_sample_that_is_read(string type) => Assert.Empty(Faults(type, Read($"samples/statements/{type}.json")));

    [Fact]
    public void There_is_no_sample_of_a_type_that_does_not_exist() =>
        Assert.Equal(
            PredicateType.All.Select(t => t.Name).Order(),
            Directory.EnumerateFiles(Path.Combine(Root, "samples/statements")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order());

    /// <summary>The sample result is the one that its file gives: whoever has both can see that.</summary>
    [Fact]
    public void The_sample_result_is_computed_again_from_the_sample_runs()
    {
        var reader = new RunFileReader(tasks: null);
        using (var stream = File.OpenRead(At("samples/capability/runs.jsonl")))
        {
            reader.Read(stream, "runs.jsonl");
        }

        var read = Assert.IsType<RunFileReading.Read>(reader.Finish());
        ImmutableArray<Digest> files = [.. read.Files.Select(file => Digest.TryParse(file.Sha256, out var digest) ? digest : default)];
        Assert.True(StrictJson.TryParse(System.Text.Encoding.UTF8.GetBytes(Read("samples/statements/capability-result-v2.json")), out var json, out _));
        var body = (CapabilityResultV2Body)Fields.Read(json, "body", PredicateType.FindName("capability-result-v2")!.Shape).OrThrow();

        var recipe = body.Claim.Recipe!;
        var row = CapabilityRecomputation.Fit(read.Set, recipe, DrawLoops.InOrder).Single(r => r.Agent.Alias == body.Claim.Runs!.Agent);
        var written = CapabilityStatement.Of(row, read.Set, files, recipe, body.Source, body.Citation, body.Figure.Model).OrThrow();
        Assert.Equal(written.Select(field => field.Key), json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(written["runs"]!.ToJsonString(), JsonNode.Parse(json.GetProperty("runs").GetRawText())!.ToJsonString());
        Assert.IsType<Recomputed.Agrees>(CapabilityRecomputation.Check(body, read.Set, files, DrawLoops.InOrder));
    }

    [Fact]
    public void The_demo_tells_of_the_sample_trigger_and_the_sample_pact()
    {
        Assert.Equal(SampleRegistry.Trigger, Read("samples/triggers/long-work.trigger").TrimEnd());
        Assert.Equal(Read("samples/triggers/long-work.trigger"), JsonNode.Parse(Read("samples/statements/trigger-proposed.json"))!["text"]!.GetValue<string>());
        Assert.Equal(
            SampleRegistry.Commitments,
            JsonNode.Parse(Read("samples/pacts/four-labs.json"))!["commitments"]!.AsArray().Select(c => (c!["party"]!.GetValue<string>(), c["condition"]!.GetValue<string>())));
    }

    [Fact]
    public void The_protocol_lists_every_reason_for_which_an_entry_is_void()
    {
        var listed = ReasonRow().Matches(Read("docs/protocol/README.md")).ToDictionary(m => m.Groups["reason"].Value, m => m.Groups["logged"].Value == "yes");
        Assert.Equal(Enum.GetValues<VoidReason>().Select(Words.Of).Order(), listed.Keys.Order());
        Assert.All(Enum.GetValues<VoidReason>(), r => Assert.Equal(new Outcome.Void(r, []).MayBeLogged, listed[Words.Of(r)]));
    }

    [Fact]
    public void Every_test_that_the_threat_model_names_exists()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var named = TestName().Matches(Read("docs/threat-model.md")).Select(m => m.Groups["name"].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($" {name}(", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_within_the_documents_leads_somewhere()
    {
        var broken =
            from file in Documents()
            from link in Link().Matches(File.ReadAllText(file)).Select(m => m.Groups["target"].Value.Split('#')[0])
            where link.Length > 0 && !link.Contains(':', StringComparison.Ordinal)
            where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, link))
            select $"{Path.GetRelativePath(Root, file)}: {link}";
        Assert.Empty(broken);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_documents_hold_what_the_program_prints_today()
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Root };
        start.Environment["STANDSTILL"] = Program;
        var (status, output, error) = await RunAsync(start, Path.Combine(Root, "docs/generate"), "--check");
        Assert.True(status == 0, $"run docs/generate and look at what has changed:\n{output}\n{error}");
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "standstill.dll");

    /// <summary>A file of the repository.</summary>
    internal static string At(string file) => Path.Combine(Root, file);

    private static string Read(string file) => File.ReadAllText(At(file));

    private static IEnumerable<Fault> Faults(string type, string body)
    {
        var kind = PredicateType.FindName(type)!;
        Assert.True(StrictJson.TryParse(System.Text.Encoding.UTF8.GetBytes(body), out var json, out var fault), fault?.ToString());
        return Fields.Read(json, "body", kind.Shape).Faults;
    }

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.md", SearchOption.AllDirectories));

    private static TheoryData<string> Files(string directory, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, directory), pattern).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    private static Task<(int Status, string Output, string Error)> StandstillAsync(params string[] arguments) =>
        RunAsync(new ProcessStartInfo("dotnet") { WorkingDirectory = Root }, [Program, .. arguments]);

    private static async Task<(int Status, string Output, string Error)> RunAsync(ProcessStartInfo start, params string[] arguments)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Standstill.slnx")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"^\| `(?<reason>[a-z-]+)` \| .* \| (?<logged>yes|no) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReasonRow();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,})`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
