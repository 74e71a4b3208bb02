using CommandCenter.Tests.Benchmarks;
using Xunit.Runner.InProc.SystemConsole;

// One executable, two uses: the tests (what `dotnet test` starts), and the benchmarks (`-- bench [name …]`).
return args is ["bench", .. var names] ? await BenchmarkList.RunAsync(names) : await ConsoleRunner.Run(args);
