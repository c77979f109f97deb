using System.Reflection;
using NetArchTest.Rules;

namespace Standstill.Architecture.Tests;

/// <summary>The rooms and their doors.</summary>
public sealed class WhoMayUseWhom
{
    [Theory]
    [InlineData("Standstill.Ledger")]
    [InlineData("Standstill.Measurement")]
    [InlineData("Standstill.Protocol", "Standstill.Measurement")]
    [InlineData("Standstill.Audit", "Standstill.Ledger", "Standstill.Protocol", "Standstill.Measurement")]
    [InlineData("Standstill.Node", "Standstill.Ledger", "Standstill.Protocol", "Standstill.Measurement")]
    [InlineData("Standstill.Meter", "Standstill.Protocol", "Standstill.Measurement")]
    [InlineData("Standstill.Live", "Standstill.Protocol", "Standstill.Measurement")]
    [InlineData("standstill", "Standstill.Node", "Standstill.Audit", "Standstill.Meter", "Standstill.Live", "Standstill.Ledger", "Standstill.Protocol", "Standstill.Measurement")]
    public void A_project_uses_only_the_rooms_that_the_design_opens_to_it(string project, params string[] allowed)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Standstill", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void An_audit_needs_none_of_the_operators_code() =>
        Assert.DoesNotContain(Assembly.Load("Standstill.Audit").GetReferencedAssemblies(), a => a.Name == "Standstill.Node" || a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Theory]
    [InlineData("Standstill.Protocol.Triggers", "Standstill.Protocol.Pacts")]
    [InlineData("Standstill.Protocol.Pacts", "Standstill.Protocol.Triggers")]
    public void Triggers_and_pacts_do_not_use_one_another(string room, string other)
    {
        var result = Types.InAssembly(Assembly.Load("Standstill.Protocol")).That().ResideInNamespace(room).ShouldNot().HaveDependencyOn(other).GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Theory]
    [InlineData("Standstill.Measurement")]
    [InlineData("Standstill.Protocol")]
    public void The_pure_rooms_reference_no_network_and_no_process(string project)
    {
        string[] forbidden = ["System.Net.Http", "System.Net.Sockets", "System.Diagnostics.Process", "System.IO.FileSystem.Watcher", "System.Threading.Tasks.Parallel", "Microsoft.Extensions.Hosting"];

        Assert.Empty(Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name).Intersect(forbidden));
    }

    [Theory]
    [InlineData("Standstill.Measurement")]
    [InlineData("Standstill.Protocol")]
    public void The_pure_rooms_call_no_clock_file_environment_or_random_source(string project)
    {
        string[] forbidden =
        [
            "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Diagnostics.Stopwatch", "System.TimeProvider",
            "System.Random", "System.Console", "System.Security.Cryptography.RandomNumberGenerator",
        ];
        var result = Types.InAssembly(Assembly.Load(project)).ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
