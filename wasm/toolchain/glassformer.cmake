# The two kinds of target there are. Every folder of wasm/ is one gf_library, with the include root
# wasm/, so that #include "core/result.h" names the folder it depends on.

include(CheckCXXCompilerFlag)
if(NOT EMSCRIPTEN)
  check_cxx_compiler_flag(-march=native GF_HAS_MARCH_NATIVE)
endif()

function(gf_compile_options target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti
    -Wall -Wextra -Wnon-virtual-dtor -Wextra-semi
    # GCC 12 takes a string in a std::optional that is known to hold one for uninitialised, and so its own
    # AVX-512 intrinsics.
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-uninitialized>"
    $<$<BOOL:${GF_WARNINGS_AS_ERRORS}>:-Werror>)
endfunction()

# These sources may use every instruction of the machine that compiles them, where the compiler knows
# how to ask. Programs run where they are built.
function(gf_for_this_processor)
  if(GF_HAS_MARCH_NATIVE)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -march=native)
  endif()
endfunction()

# gf_library(core SOURCES a.cc b.cc [HOT b.cc] [DEPS other folders] [EIGEN] [JSON]) makes the target
# gf_core. HOT names the sources whose loops decide how fast a model runs.
# EIGEN and JSON give this folder alone sight of the third-party headers.
function(gf_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "EIGEN;JSON" "" "SOURCES;DEPS;HOT")
  set(target gf_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  gf_compile_options(${target})
  if(EMSCRIPTEN)
    # A visitor downloads every byte: only where the time goes is speed worth size.
    target_compile_options(${target} PRIVATE -Oz)
    set_source_files_properties(${arg_HOT} PROPERTIES COMPILE_OPTIONS -O3)
  else()
    gf_for_this_processor(${arg_HOT})
  endif()
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/wasm)
  list(TRANSFORM arg_DEPS PREPEND gf_)
  target_link_libraries(${target} PUBLIC ${arg_DEPS})
  if(arg_EIGEN)
    target_include_directories(${target} SYSTEM PRIVATE ${GF_EIGEN_INCLUDE})
    target_compile_definitions(${target} PRIVATE EIGEN_MPL2_ONLY)
  endif()
  if(arg_JSON)
    target_include_directories(${target} SYSTEM PRIVATE ${GF_JSON_INCLUDE})
  endif()
endfunction()

# gf_executable(glassformer SOURCES main.cc DEPS engine) makes the program
# build/<preset>/.../glassformer.
function(gf_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  add_executable(${name} ${arg_SOURCES})
  gf_compile_options(${name})
  list(TRANSFORM arg_DEPS PREPEND gf_)
  target_link_libraries(${name} PRIVATE ${arg_DEPS})
endfunction()
